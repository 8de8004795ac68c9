import { Server } from '../support/database.ts';
import type { Figure } from '../support/figures.ts';
import { generator } from '../support/load.ts';
import { report } from '../support/report.ts';
import { type Bench, type Size, Suite } from './suite.ts';

/** Runs benches of the API. @returns the table */
export async function measureApi(
  name: string,
  benches: Record<string, Bench>,
  size: Size,
  quick: boolean,
): Promise<string> {
  const server = await Server.start();
  try {
    const suite = new Suite(server, size);
    const figures: Figure[] = [];
    for (const [bench, measure] of Object.entries(benches)) {
      console.error(`${bench} …`);
      figures.push(...(await measure(suite)));
    }
    return report({ suite: name, quick, ...size, generator, figures });
  } finally {
    await server.stop();
  }
}
