import { METHODS } from 'node:http';

const KNOWN_METHODS = new Set(METHODS);

/** What metrics and traces say of a method: one that a client makes up must not become a name. `_OTHER` is OpenTelemetry's. */
export const methodLabel = (method: string): string => (KNOWN_METHODS.has(method) ? method : '_OTHER');
