import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Puts a shell script before a program on this process's path, until it is removed. */
export function standInFor(program: string, script: string): { remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-stand-in-'));
  writeFileSync(join(folder, program), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, program), 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${folder}${delimiter}${before}`;
  return {
    remove() {
      process.env.PATH = before;
      rmSync(folder, { recursive: true });
    },
  };
}
