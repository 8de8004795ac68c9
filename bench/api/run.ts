import { Server } from '../support/database.ts';
import type { Figure } from '../support/figures.ts';
import { generator } from '../support/load.ts';
import { report } from '../support/report.ts';
import { benches } from './index.ts';
import { type Size, Suite } from './suite.ts';

/** Runs these benches of the API. @returns the table */
export async function measureApi(names: string[], size: Size, quick: boolean): Promise<string> {
  const server = await Server.start();
  try {
    const suite = new Suite(server, size);
    const figures: Figure[] = [];
    for (const name of names) {
      console.error(`${name} …`);
      figures.push(...(await benches[name]!(suite)));
    }
    return report({ suite: 'api', quick, ...size, generator, figures });
  } finally {
    await server.stop();
  }
}
