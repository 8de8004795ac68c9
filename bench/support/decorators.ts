import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Lets what is imported from here on have decorators: Node only strips types. The same settings as in jest.config.js. */
export function understandDecorators(): void {
  registerHooks({
    load: (url, context, next) =>
      /\/(apps|libs)\/.*\.ts$/.test(url)
        ? { format: 'module', shortCircuit: true, source: compiled(fileURLToPath(url)) }
        : next(url, context),
  });
}

const compiled = (filename: string): string =>
  transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2024',
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  }).code;
