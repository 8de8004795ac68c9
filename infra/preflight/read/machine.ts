import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { MachineFacts } from '../facts.ts';

const run = promisify(execFile);
const GIB = 1024 ** 3;

export async function readMachine(): Promise<MachineFacts> {
  const { bavail, bsize } = await statfs('.');
  const freeGiB = Math.floor((bavail * bsize) / GIB);
  try {
    const { stdout } = await run('docker', ['version', '--format', '{{.Server.Arch}}'], { timeout: 60_000 });
    return { freeGiB, dockerArchitecture: stdout.trim() || undefined };
  } catch {
    return { freeGiB };
  }
}
