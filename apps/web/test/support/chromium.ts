import { existsSync } from 'node:fs';

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's Chromium: `CHROMIUM`, else where it usually is. */
export const findChromium = (): string | undefined =>
  [process.env.CHROMIUM, ...USUAL].find((path) => path !== undefined && path !== '' && existsSync(path));

/** It sends requests to the page's own host only. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
