import type { DatabaseError } from 'pg';
import { Problem } from '#service';
import { violatedConstraint } from '../database/database.ts';

/**
 * What is unique, by the name of its constraint: the field, and the message for a value that another row has. Where a field has
 * several values, the one that is taken is told by its key.
 */
export type UniqueConstraints = Record<string, { pointer: string | ((key: string) => string); detail: string }>;

/** Turns a violation of one of `uniques` into Problem `conflict`; any other error is rethrown. */
export function rethrowAsConflict(uniques: UniqueConstraints): (error: unknown) => never {
  return (error) => {
    const taken = uniques[violatedConstraint(error) ?? ''];
    if (!taken) throw error;
    const key = /=\((.*)\) already exists/s.exec((error as DatabaseError).detail ?? '')?.[1] ?? '';
    const pointer = typeof taken.pointer === 'string' ? taken.pointer : taken.pointer(key);
    throw new Problem('conflict', taken.detail, { errors: [{ pointer, detail: 'is taken' }] });
  };
}
