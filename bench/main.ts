import { parseArgs } from 'node:util';
import { benches } from './api/index.ts';
import { full, quick, Suite } from './api/suite.ts';
import { Server } from './support/database.ts';
import type { Figure } from './support/figures.ts';
import { generator } from './support/load.ts';
import { report } from './support/report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, quick: { type: 'boolean', default: false }, rounds: { type: 'string' } },
});
const names = values.only?.split(',') ?? Object.keys(benches);
const unknown = names.filter((name) => !(name in benches));
if (positionals.join() !== 'api' || unknown.length > 0) {
  console.error(`Usage: npm run bench -- api [--only ${Object.keys(benches).join(',')}] [--quick] [--rounds n]`);
  process.exit(2);
}

const chosen = values.quick ? quick : full;
const size = { ...chosen, rounds: Number(values.rounds ?? chosen.rounds) };
const server = await Server.start();
try {
  const suite = new Suite(server, size);
  const figures: Figure[] = [];
  for (const name of names) {
    console.error(`${name} …`);
    figures.push(...(await benches[name]!(suite)));
  }
  console.log(report({ suite: 'api', quick: values.quick, ...size, generator, figures }));
} finally {
  await server.stop();
}
