import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

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

/**
 * A remote's web address, without credentials that it may contain.
 * @returns undefined where it is no address of a server, for example a folder
 */
export function sourceUrl(remote: string): string | undefined {
  const [, host, path] = /^(?:ssh:\/\/)?git@([\w.-]+)[:/](.+?)(?:\.git)?$/.exec(remote) ?? [];
  if (host) return `https://${host}/${path}`;
  if (!URL.canParse(remote)) return undefined;
  const url = new URL(remote);
  return url.protocol === 'https:' ? `https://${url.host}${url.pathname.replace(/\.git$/, '')}` : undefined;
}

/**
 * Labels of the OCI image specification, beside the Dockerfile's own. `created` is the commit's time, so that the same
 * commit gives the same image.
 */
export function provenance(): Record<string, string> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const labels: Record<string, string> = { 'org.opencontainers.image.version': version };
  try {
    labels['org.opencontainers.image.created'] = git('log', '-1', '--format=%cI');
    const source = sourceUrl(git('remote', 'get-url', 'origin'));
    if (source) labels['org.opencontainers.image.source'] = source;
  } catch {
    // Not a clone, or one without a remote.
  }
  return labels;
}
