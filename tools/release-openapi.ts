import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

/**
 * Reads the OpenAPI document from standard input and keeps what later documents are compared with: `npm run openapi:release`
 * when a version is released.
 */
const FILE = resolve(import.meta.dirname, '../apps/api/test/released-openapi.json');

/** They say nothing about what is accepted. */
const PROSE = new Set(['description', 'summary', 'example', 'examples', 'tags', 'servers', 'info', 'title']);

/** Names of properties may be those of prose. */
function withoutProse(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => isNames || !PROSE.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutProse(item, !isNames && key === 'properties')]));
}

const { paths, components } = JSON.parse(await text(process.stdin)) as Record<string, unknown>;
writeFileSync(FILE, `${JSON.stringify(withoutProse({ paths, components }))}\n`);
