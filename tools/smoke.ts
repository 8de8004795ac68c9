import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run smoke -- <url> [--read-only]`: the smoke suite against a public URL, as the admin of SMOKE_EMAIL and
 * SMOKE_PASSWORD, or the read-only one as a viewer. With SMOKE_INSTANCES as many gateways and as many APIs must be seen to
 * respond.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'read-only': { type: 'boolean', default: false } },
});
const [url] = positionals;
if (!url || !URL.canParse(url) || !process.env.SMOKE_EMAIL || !process.env.SMOKE_PASSWORD) {
  console.error('Usage: SMOKE_EMAIL=… SMOKE_PASSWORD=… npm run smoke -- https://stockroom.example.com [--read-only]');
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    resolve('node_modules/jest/bin/jest.js'),
    '--config=jest.smoke.config.js',
    values['read-only'] ? 'test/smoke/read-only.spec.ts' : 'test/smoke/smoke.spec.ts',
  ],
  { stdio: 'inherit', env: { ...process.env, SMOKE_URL: url } },
);
process.exit(status ?? 1);
