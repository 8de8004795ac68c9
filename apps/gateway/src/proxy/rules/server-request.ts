import type { IncomingMessage } from 'node:http';

/** A request as node:http's server delivers it: always with a method and a target. */
export type ServerRequest = IncomingMessage & { method: string; url: string };
