import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** What differs from person to person. An empty variable counts as unset. */
export type Variables = Readonly<Partial<Record<string, string>>>;

/** The process's variables and, under them, those of the untracked file `.env.<environment>`. */
export function readVariables(name: string, own: NodeJS.ProcessEnv = process.env): Variables {
  const file = `.env.${name}`;
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return Object.fromEntries(Object.entries({ ...kept, ...own }).filter(([, value]) => value !== ''));
}

/** `a, b` as a list; undefined where it is unset. */
export const listOf = (text: string | undefined): string[] | undefined => text?.split(',').map((part) => part.trim());
