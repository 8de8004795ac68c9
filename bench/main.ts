import { parseArgs } from 'node:util';
import { understandDecorators } from './support/decorators.ts';
import { installPeers } from './support/peers.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, quick: { type: 'boolean', default: false }, rounds: { type: 'string' } },
});

function wrong(usage: string): never {
  console.error(`Usage: npm run bench -- ${usage}`);
  process.exit(2);
}

/** The benches that were asked for. */
function chosen(suite: string, all: string[]): string[] {
  const names = values.only?.split(',') ?? all;
  if (names.some((name) => !all.includes(name))) wrong(`${suite} [--only ${all.join()}] [--quick] [--rounds n]`);
  return names;
}

const sized = <Size extends { rounds: number }>(size: Size): Size => ({
  ...size,
  rounds: Number(values.rounds ?? size.rounds),
});

async function stress(name: string): Promise<string> {
  const [{ benches }, { full, quick }, { measureApi }] = [
    await import('./stress/index.ts'),
    await import('./api/suite.ts'),
    await import('./api/run.ts'),
  ];
  const size = { ...(values.quick ? quick : full), items: 5_000 };
  return measureApi(name, { [name]: benches[name]! }, sized(size), values.quick);
}

const suites: Record<string, () => Promise<string>> = {
  async api() {
    const [{ benches }, { full, quick }, { measureApi }] = [
      await import('./api/index.ts'),
      await import('./api/suite.ts'),
      await import('./api/run.ts'),
    ];
    const names = chosen('api', Object.keys(benches));
    const asked = Object.fromEntries(names.map((name) => [name, benches[name]!]));
    return measureApi('api', asked, sized(values.quick ? quick : full), values.quick);
  },
  overload: () => stress('overload'),
  held: () => stress('held'),
  'sign-ins': () => stress('sign-ins'),
  listeners: () => stress('listeners'),
  async gateway() {
    installPeers();
    const { benches, measureGateway } = await import('./gateway/index.ts');
    const { full, quick } = await import('./gateway/suite.ts');
    return measureGateway(chosen('gateway', Object.keys(benches)), sized(values.quick ? quick : full), values.quick);
  },
  async conformance() {
    installPeers();
    understandDecorators();
    const { conformance } = await import('./conformance/index.ts');
    return conformance();
  },
};

const suite = suites[positionals.join()] ?? wrong(`${Object.keys(suites).join('|')} [--only …] [--quick] [--rounds n]`);
console.log(await suite());
process.exit();
