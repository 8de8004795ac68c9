import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/**
 * `npm run smoke -- <url>`: the smoke suite against a public URL, as the admin of SMOKE_EMAIL and SMOKE_PASSWORD. With
 * SMOKE_INSTANCES as many gateways and as many APIs must be seen to answer.
 */
const [url] = process.argv.slice(2);
if (!url || !URL.canParse(url) || !process.env.SMOKE_EMAIL || !process.env.SMOKE_PASSWORD) {
  console.error('Usage: SMOKE_EMAIL=… SMOKE_PASSWORD=… npm run smoke -- https://stockroom.example.com');
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    resolve('node_modules/jest/bin/jest.js'),
    '--config=jest.smoke.config.js',
  ],
  { stdio: 'inherit', env: { ...process.env, SMOKE_URL: url } },
);
process.exit(status ?? 1);
