import { shutdown, paths } from '#runtime';
import { freePort } from '../../../apps/api/src/database/embedded/free-port.ts';
import { Haproxy } from '../../../infra/rehearsal/load-balancer/haproxy.ts';

export interface Balancer {
  url: string;
  stop: () => Promise<void>;
}

/** HAProxy as a load balancer: each request goes to the next target that is ready, also those of one connection. */
export async function startBalancer(targets: string[]): Promise<Balancer> {
  const haproxy = new Haproxy();
  const port = await freePort();
  await haproxy.configure(
    [
      'defaults',
      '  mode http',
      '  timeout connect 5s',
      // A task that answers slowly is in service. Without this a check may take no longer than its interval.
      '  timeout check 5s',
      `  timeout client ${shutdown.stopTimeoutSeconds}s`,
      `  timeout server ${shutdown.stopTimeoutSeconds}s`,
      '  retries 0',
      'frontend balancer',
      `  bind 127.0.0.1:${port}`,
      '  option forwardfor',
      '  default_backend tasks',
      'backend tasks',
      '  balance roundrobin',
      '  http-reuse safe',
      `  option httpchk GET ${paths.ready}`,
      '  default-server check inter 500ms fall 1 rise 1',
      ...targets.map((target, n) => `  server task${n} ${new URL(target).host}`),
      '',
    ].join('\n'),
  );
  return { url: `http://127.0.0.1:${port}`, stop: () => haproxy.stop() };
}
