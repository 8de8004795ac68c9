import type { EmbeddedPostgres } from '../../apps/api/src/database/embedded/embedded-postgres.ts';
import type { Pooler } from '../support/pooler.ts';

/** Handed from the run's beginning to its end. */
export const postgres: { server?: EmbeddedPostgres; pooler?: Pooler; folder?: string } = {};
