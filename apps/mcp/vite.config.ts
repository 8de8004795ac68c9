import { defineConfig } from 'vite';

/** One file with everything that it needs apart from Node, and the licences of what is in it. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: true },
  build: { ssr: 'src/main.ts', target: 'node22', license: { fileName: 'licences.md' } },
});
