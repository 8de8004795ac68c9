import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The project's root: what images are built from. */
export const ROOT = resolve(import.meta.dirname, '../../..');

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim();

/**
 * What an image is tagged with: the commit; where the tree differs from it, the time as well, since tags never move.
 * @returns such as `1cf5008d2ab9` or `1cf5008d2ab9-20260102T030405`
 */
export function sourceTag(now = new Date()): string {
  const time = now.toISOString().replace(/[-:]/g, '').slice(0, 15);
  try {
    const commit = git('rev-parse', '--short=12', 'HEAD');
    return git('status', '--porcelain') === '' ? commit : `${commit}-${time}`;
  } catch {
    return time; // Not a clone.
  }
}
