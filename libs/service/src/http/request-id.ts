import { randomUUID } from 'node:crypto';

/** What a request id may look like: a token that is safe in a header, a log line and a URL. */
const TOKEN = /^[A-Za-z0-9][A-Za-z0-9._-]{7,127}$/;

/** Keeps the id that a trusted hop gave, else makes one. */
export const requestIdOf = (given: string | string[] | undefined, trusted: boolean): string =>
  trusted && typeof given === 'string' && TOKEN.test(given) ? given : randomUUID();
