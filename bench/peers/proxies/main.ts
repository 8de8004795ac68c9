import type { Start } from './proxy.ts';

// UPSTREAM=<url> PORT=<port> node main.ts <name of a file beside this one>: that peer as a process of its own.
const { start } = (await import(`./${process.argv[2]}.ts`)) as { start: Start };
await start(process.env.UPSTREAM!, { port: Number(process.env.PORT) });
process.on('SIGTERM', () => process.exit(0));
