import { Problem } from '#service';
import { violatedConstraint } from '../database/database.ts';

/** What is unique, by the name of its constraint: the field, and the message for a value that another row has. */
export type UniqueConstraints = Record<string, { pointer: string; detail: string }>;

/** Turns a violation of one of `uniques` into Problem `conflict`; any other error is rethrown. */
export function rethrowAsConflict(uniques: UniqueConstraints): (error: unknown) => never {
  return (error) => {
    const taken = uniques[violatedConstraint(error) ?? ''];
    if (!taken) throw error;
    throw new Problem('conflict', taken.detail, { errors: [{ pointer: taken.pointer, detail: 'is taken' }] });
  };
}
