import { createHash } from 'node:crypto';
import { Problem } from '#service';

/**
 * The strong ETag of a resource: its version, then whatever else its representation depends on. `If-Match` compares the
 * version alone: stock that moved meanwhile is no reason to refuse a new name.
 */
export const etagOf = (version: number, ...parts: (string | number)[]): string => `"${[version, ...parts].join('.')}"`;

/**
 * Compares `If-Match` (RFC 9110 §13.1.1) with a version; without the header, everything goes through.
 * @throws Problem `precondition-failed`
 */
export function requireMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const versions = ifMatch.split(',').map((tag) => /^"(\d+)(\.[^"]*)?"$/.exec(tag.trim())?.[1]);
  if (!versions.includes(String(version))) {
    throw new Problem('precondition-failed', `It is at version ${version} now. Read it again, then decide.`, {
      headers: { etag: etagOf(version) },
    });
  }
}

/** The strong ETag of a text that has no version of its own. */
export const etagOfText = (text: string): string => `"${createHash('sha1').update(text).digest('base64url')}"`;
