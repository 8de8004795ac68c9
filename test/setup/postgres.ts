import type { EmbeddedPostgres } from '../../apps/api/src/database/embedded/embedded-postgres.ts';

/** Handed from the run's beginning to its end. */
export const postgres: { server?: EmbeddedPostgres; folder?: string } = {};
