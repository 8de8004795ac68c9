import { isHost } from './host.ts';

/**
 * Checks the request target before anything normalises it: two readers that normalise differently would see two different
 * paths.
 * @param host the request's Host field
 * @returns the target in origin-form, or undefined where it must be refused
 */
export function originForm(target: string, host: string | undefined): string | undefined {
  if (target.charCodeAt(0) === SLASH) return isSafe(target) ? target : undefined;
  // RFC 9112 §3.2.2: a server accepts the absolute form. Its authority must be the one that Host names.
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]+)(.*)$/is.exec(target) ?? [];
  if (authority === undefined || !isHost(authority) || authority.toLowerCase() !== host?.toLowerCase())
    return undefined;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return isSafe(path) ? path : undefined;
}

const SLASH = 0x2f;
const QUESTION = 0x3f;
const HASH = 0x23;
const PERCENT = 0x25;
const DOT = 0x2e;
const BACKSLASH = 0x5c;

/** One pass over a plain target; one with percent signs or leading dots is checked segment by segment. */
function isSafe(target: string): boolean {
  let previous = 0;
  for (let i = 0; i < target.length; i++) {
    const code = target.charCodeAt(i);
    if (code === QUESTION) return isSafeQuery(target, i + 1);
    if (code <= 0x20 || code > 0x7e || code === HASH || code === BACKSLASH) return false;
    if (code === PERCENT || (code === DOT && previous === SLASH)) return isSafeEncoded(target);
    if (code === SLASH && previous === SLASH) return false;
    previous = code;
  }
  return true;
}

function isSafeEncoded(target: string): boolean {
  const query = target.indexOf('?');
  return query === -1 ? isSafePath(target) : isSafePath(target.slice(0, query)) && isSafeQuery(target, query + 1);
}

/** Encoded slashes, backslashes, dots and control characters: some readers take them for separators or dot segments. */
const HIDDEN = /%(?:2[ef]|5c|[01][0-9a-f]|7f)/i;
/** `.`, `..`, and both with parameters, which some servers cut off first. */
const DOT_SEGMENT = /^\.{1,2}(?:;|$)/;

function isSafePath(path: string): boolean {
  if (!/^[!-~]*$/.test(path) || /[#\\]|\/\/|%(?![0-9a-f]{2})/i.test(path) || HIDDEN.test(path)) return false;
  return isUtf8(path) && !path.split('/').some((segment) => DOT_SEGMENT.test(segment));
}

function isUtf8(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false; // Overlong or broken sequences, which decoders read differently.
  }
}

function isSafeQuery(target: string, start: number): boolean {
  for (let i = start; i < target.length; i++) {
    const code = target.charCodeAt(i);
    if (code <= 0x20 || code > 0x7e || code === HASH) return false;
  }
  return true;
}
