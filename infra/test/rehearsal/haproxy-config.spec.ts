import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Frontend, haproxyConfig } from '../../rehearsal/load-balancer/haproxy-config.ts';
import { isOnPath } from '../support/program.ts';
import { targetGroup } from './objects.ts';

const folder = mkdtempSync(join(tmpdir(), 'stockroom-haproxy-config-'));
const badGateway = join(folder, '502.http');
writeFileSync(badGateway, 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');

const frontend = (change: Partial<Frontend> = {}): Frontend => ({
  name: 'stockroom-80',
  addresses: ['127.0.0.1'],
  port: 80,
  admits: { tasks: true, clients: true },
  idleTimeoutSeconds: 60,
  rules: [
    { paths: ['/api/*'], sources: ['10.0.0.0/8'], action: { type: 'forward', targetGroup: 'stockroom-api' } },
    { paths: [], sources: [], action: { type: 'fixed-response', statusCode: 404, body: '' } },
  ],
  ...change,
});
const config = (change: Partial<Frontend> = {}) =>
  haproxyConfig([frontend(change)], [targetGroup], () => [], badGateway);
const isAccepted = (text: string) => {
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, text);
  execFileSync('haproxy', ['-c', '-f', file], { stdio: 'pipe' });
};

describe('the configuration of the load balancers', () => {
  (process.env.CI === 'true' || isOnPath('haproxy') ? it : it.skip)('is one that HAProxy accepts', () => {
    const forbidden = { type: 'fixed-response', statusCode: 403, body: '' } as const;
    isAccepted(config());
    isAccepted(
      config({ rules: [{ paths: [], sources: [], action: forbidden }], admits: { tasks: false, clients: false } }),
    );
  });

  it('drops the connections that a security group does not admit', () => {
    expect(config()).not.toContain('silent-drop');
    expect(config({ admits: { tasks: false, clients: true } })).toContain('silent-drop if from-task');
    expect(config({ admits: { tasks: true, clients: false } })).toContain('silent-drop unless from-task');
  });

  it('listens at an earlier address beside the present one', () => {
    expect(config({ addresses: ['10.0.0.1', '10.0.0.2'] })).toContain('  bind 10.0.0.1:80,10.0.0.2:80\n');
  });

  it('knows the targets that are routed to, so that a new configuration loses no request', () => {
    const servers = [{ address: '10.0.0.9', port: 32768, isRouted: true }];
    const text = haproxyConfig([frontend()], [targetGroup], () => servers, badGateway);
    expect(text).toContain('  server s0 10.0.0.9:32768\n');
    expect(text).toContain('  server s1 127.0.0.1:1 disabled\n');
  });
});
