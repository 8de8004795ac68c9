import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** `npm run dev`: what `npm start` brings up, and before it a server that shows each change to apps/web at once. */
await import('./start.ts');
const vite = spawn(process.execPath, [resolve('node_modules/vite/bin/vite.js'), 'apps/web'], { stdio: 'inherit' });
process.once('exit', () => vite.kill());
