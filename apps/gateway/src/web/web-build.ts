import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

/** A file of the build, with what `npm run build` compressed beside it. */
export interface WebFile {
  type: string;
  plain: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** From the built gateway, and from its source. */
const FOLDERS = ['../web', '../../../../dist/apps/web'].map((folder) => join(import.meta.dirname, folder));

/** Where the web interface has been built to, or undefined where it has not. */
export const findWebBuild = (): string | undefined => FOLDERS.find((folder) => existsSync(join(folder, 'index.html')));

/**
 * The whole build by URL path, read once: about a megabyte.
 * @param folder what Vite wrote; undefined: nothing is there
 */
export function readWebBuild(folder: string | undefined): ReadonlyMap<string, WebFile> {
  if (folder === undefined) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const read = (name: string) => (names.includes(name) ? readFileSync(join(folder, name)) : undefined);
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile() && !/\.(br|gz)$/.test(name))
      .map((name) => {
        const [br, gzip] = [read(`${name}.br`), read(`${name}.gz`)];
        const type = TYPES[extname(name)] ?? 'application/octet-stream';
        return [
          `/${name.split(sep).join('/')}`,
          { type, plain: read(name)!, ...(br && { br }), ...(gzip && { gzip }) },
        ];
      }),
  );
}
