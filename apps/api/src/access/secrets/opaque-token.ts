import { createHash, randomBytes } from 'node:crypto';

/** A secret without structure: 256 random bits, base64url. */
export const generateToken = (prefix = ''): string => prefix + randomBytes(32).toString('base64url');

/** What is kept of a token. 256 random bits cannot be guessed, so a fast hash is enough. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** What an API key begins with. */
export const KEY_PREFIX = 'sk_';
