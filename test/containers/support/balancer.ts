import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { paths } from '#runtime';

const CHECK_MS = 500;

export interface Balancer {
  url: string;
  close: () => void;
}

/** What stands for the load balancer: gives each connection to the next target that is ready, and looks at them often. */
export async function startBalancer(targets: string[]): Promise<Balancer> {
  const ready = new Set(targets);
  const look = () =>
    targets.map(async (target) => {
      const { ok } = await fetch(target + paths.ready).catch(() => ({ ok: false }));
      ready[ok ? 'add' : 'delete'](target);
    });
  const checks = setInterval(look, CHECK_MS);
  let turn = 0;
  const server = createServer((client) => {
    const { port } = new URL([...ready][turn++ % ready.size] ?? targets[0]!);
    const target = connect(Number(port), '127.0.0.1');
    client.pipe(target).pipe(client);
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      clearInterval(checks);
      server.close();
    },
  };
}
