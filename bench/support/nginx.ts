import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../test/support/free-port.ts';
import { type Process, startServer } from './processes.ts';

/**
 * nginx with one worker, without a log.
 * @param inServer what stands in its `server` block
 * @param inHttp what stands beside it
 * @throws Error where nginx is not installed
 */
export async function startNginx(inServer: string, inHttp = ''): Promise<Process & { folder: string }> {
  if (spawnSync('nginx', ['-v']).error) throw new Error('This needs nginx: apt-get install nginx-light');
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-nginx-'));
  chmodSync(folder, 0o755); // The workers of root's nginx run as another user.
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, inServer, inHttp));
  const args = ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')];
  const nginx = await startServer('nginx', args, '/ready', {}, port);
  const stop = async () => {
    await nginx.stop();
    rmSync(folder, { recursive: true });
  };
  return { ...nginx, folder, stop };
}

const configuration = (folder: string, port: number, inServer: string, inHttp: string): string => `
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
  access_log off;
  sendfile on;
  keepalive_requests 1000000000;
  client_max_body_size 0;
  client_body_temp_path ${folder}/client;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  ${inHttp}
  server {
    listen 127.0.0.1:${port};
    default_type application/json;
    ${inServer}
  }
}
`;
