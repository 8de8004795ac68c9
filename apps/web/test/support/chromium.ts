import { existsSync } from 'node:fs';

/** First the one without windows: the same engine for half of the processor's time. */
const USUAL = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (it) => `/usr/bin/${it}`,
);

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
