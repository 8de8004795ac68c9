import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * `node tools/migrations.ts`: whether each landed migration is still what it was when it landed. A database that has run
 * it would never see a change. With `--add`, the new ones are added to the list.
 */
const FOLDER = resolve(import.meta.dirname, '../apps/api/src/database/migrations');
const LIST = join(FOLDER, 'landed.txt');

const hashOf = (name: string): string =>
  createHash('sha256')
    .update(readFileSync(join(FOLDER, name)))
    .digest('hex');

const landed = new Map(
  readFileSync(LIST, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('  ') as [string, string])
    .map(([hash, name]) => [name, hash]),
);
const present = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .sort();
const added = present.filter((name) => !landed.has(name));
const newest = [...landed.keys()].at(-1) ?? '';

const errors = [
  ...[...landed.keys()].filter((name) => !present.includes(name)).map((name) => `${name} has landed and is missing.`),
  ...present
    .filter((name) => landed.has(name) && landed.get(name) !== hashOf(name))
    .map((name) => `${name} has landed and was edited. Put it back, and write a new migration.`),
  ...added
    .filter((name) => name.slice(0, 4) <= newest.slice(0, 4))
    .map((name) => `${name} is new, but its number is not above ${newest}'s. Give it the next number.`),
];
if (errors.length === 0 && process.argv.includes('--add')) {
  for (const name of added) appendFileSync(LIST, `${hashOf(name)}  ${name}\n`);
} else if (added.length > 0) {
  errors.push(`Not in the list of landed migrations: ${added.join(', ')}. Run \`npm run migrations -- --add\`.`);
}
for (const error of errors) console.error(error);
process.exitCode = errors.length > 0 ? 1 : 0;
