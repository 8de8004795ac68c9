import type { Role } from '#contracts';

/** The caller of a request: a person or a program. */
export interface Caller {
  /** The row of `actor` that what they do is written to. */
  actorId: string;
  kind: 'user' | 'api-key';
  name: string;
  role: Role;
}

/** Stockroom itself, as the actor of what no caller requested: an expired reservation, demo data. */
export const SYSTEM_ACTOR = '00000000-0000-7000-8000-000000000000';
