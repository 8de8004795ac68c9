import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { apiTypes } from './api-types.ts';

/** Reads the OpenAPI document from standard input and writes the types that programs and pages are written against. */
const file = join(import.meta.dirname, '../src/openapi.ts');
writeFileSync(file, await apiTypes(JSON.parse(await text(process.stdin))));
