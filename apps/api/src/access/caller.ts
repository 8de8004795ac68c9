import type { Role } from '#contracts';

/** Whoever is behind a request: a person or a program. */
export interface Caller {
  /** The row of `actor` that what they do is written to. */
  actorId: string;
  kind: 'user' | 'api-key';
  name: string;
  role: Role;
}

/** Stockroom itself, for what nobody asked for: an expired reservation, demo data. */
export const SYSTEM_ACTOR = '00000000-0000-7000-8000-000000000000';
