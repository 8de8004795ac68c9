import { createRequire } from 'node:module';

/** What is built: the version of package.json. The commit is the environment's to say. */
export const VERSION: string = version();

function version(): string {
  const require = createRequire(import.meta.filename);
  for (const file of ['../../../package.json', '../../../../package.json', './package.json']) {
    try {
      return (require(file) as { version: string }).version;
    } catch {
      // Built and source files lie equally deep below the root; an image may hold it beside them.
    }
  }
  return 'unknown';
}
