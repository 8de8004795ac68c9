import type { CallToolResult } from '@modelcontextprotocol/server';
import { ApiProblem, type ProblemBody } from '../../../libs/client/src/index.ts';
import { MAX_ROWS } from './tool.ts';

type InputError = NonNullable<ProblemBody['errors']>[number];

/** How long a result's text is at most, in UTF-16 code units. Results of Stockroom are far shorter. */
const MAX_TEXT = 100_000;

/** What a person who looks at a result does not see, or sees elsewhere: controls, directions, tags. */
const INVISIBLE = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const escapeOf = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at).toString(16).padStart(4, '0'))
    .map((code) => `\\u${code}`)
    .join('');

/** Invisible characters become `\uXXXX`, as JSON writes them. */
export function textResult(text: string, isError = false): CallToolResult {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (cut)` : text;
  return { content: [{ type: 'text', text: cut.replace(INVISIBLE, escapeOf) }], isError };
}

/** What went wrong, in words. @param key the idempotency key of a write */
export function failureResult(error: unknown, key?: string): CallToolResult {
  const words =
    error instanceof ApiProblem ? problemWords(error) : [`Stockroom gave no usable response: ${reasonOf(error)}.`];
  if (key !== undefined) words.push(...nextStep(error, key));
  return textResult(words.join('\n'), true);
}

function problemWords({ body: { title, detail, errors, lines } }: ApiProblem): string[] {
  return [
    `${title}. ${detail}`,
    ...firstOf<InputError>(errors).map((error) => `${error.pointer}: ${error.detail}`),
    // Of insufficient-stock and unexpected-level: what was asked for and what is there.
    ...firstOf(lines).map((line) => JSON.stringify(line)),
  ];
}

/** What is no list, as Stockroom would send it, is left out. */
const firstOf = <T>(list: unknown): T[] => (Array.isArray(list) ? (list.slice(0, MAX_ROWS) as T[]) : []);

/** A code such as ECONNREFUSED, or the kind of the error: what else it says may hold a part of the response. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as Error;
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? name;
}

function nextStep(error: unknown, key: string): string[] {
  if (error instanceof ApiProblem) {
    if (error.kind === 'key-reused') return [];
    // The API's decision, which it gives again under this key. What else it responds says nothing of a request before.
    if ((error.status === 409 && error.kind !== 'key-in-use') || error.status === 422)
      return [`Nothing was booked. The idempotencyKey ${key} is used up: leave it out where you call again.`];
  }
  return [
    'Whether it was booked is not known. ' +
      `Call again with the same arguments and the idempotencyKey ${key}: it is then booked once.`,
  ];
}
