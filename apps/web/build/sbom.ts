import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { sbomOf } from '../../../sbom.ts';

/** Writes what the web interface is made of to `dist/sbom/web.cdx.json`, outside of the folder that the gateway serves. */
export function sbom(): Plugin {
  const root = join(import.meta.dirname, '../../..');
  return {
    name: 'sbom',
    apply: 'build',
    writeBundle(_, bundle) {
      const files = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []));
      const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
      mkdirSync(join(root, 'dist/sbom'), { recursive: true });
      writeFileSync(join(root, 'dist/sbom/web.cdx.json'), sbomOf('stockroom-web', version, files));
    },
  };
}
