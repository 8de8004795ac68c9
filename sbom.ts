import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Manifest {
  name: string;
  version?: string;
  license?: string | object;
}

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** The installed package that a bundled file belongs to; undefined: none. */
function packageFolder(file: string): string | undefined {
  // A file may stand deep in its package, beside package.json files that only say how modules are written.
  for (let folder = dirname(file); folder.includes('node_modules'); folder = dirname(folder))
    if (existsSync(join(folder, 'package.json')) && manifestIn(folder).version) return folder;
  return undefined;
}

function component(folder: string) {
  const { name, version, license } = manifestIn(folder);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const licenses = typeof license === 'string' ? [{ expression: license }] : undefined;
  return { type: 'library', 'bom-ref': purl, name, version, purl, licenses };
}

/**
 * The software bill of materials of a bundle, as CycloneDX 1.5: the packages whose modules it contains. `npm sbom` would list
 * all that is installed for any of the services, and leaves out what a development package needs, too, such as pg. Neither a
 * serial number nor a time, so that the same source gives the same file.
 */
export function sbomOf(name: string, version: string, files: Iterable<string>): string {
  const folders = new Set(
    [...files].map((file) => packageFolder(file.split('?')[0]!)).filter((it) => it !== undefined),
  );
  const components = [...folders].map(component).sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const unique = components.filter(({ purl }, index) => purl !== components[index - 1]?.purl);
  const metadata = { component: { type: 'application', name, version } };
  const sbom = { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata, components: unique };
  return JSON.stringify(sbom, null, 1);
}
