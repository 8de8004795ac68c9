import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inputsModule, type OpenApiDocument } from './input-schemas.ts';

/** Reads the OpenAPI document from standard input and writes what the tools take. */
const document = JSON.parse(await text(process.stdin)) as OpenApiDocument;
writeFileSync(join(import.meta.dirname, '../src/inputs.ts'), inputsModule(document));
