import type { ImportMode } from '#contracts';

/** A job that this task works on. */
export interface Job {
  id: string;
  mode: ImportMode;
  dryRun: boolean;
  actorId: string;
  /** Null: not yet counted. */
  rows: number | null;
  /** Rows that are dealt with. */
  done: number;
  /** How often it was taken up since a row was last done. */
  attempts: number;
  /** Proves that the job is still this task's. */
  token: string;
}

/** What a batch adds to a job. */
export interface Progress {
  created: number;
  updated: number;
  failed: number;
}

/** Another task has taken the job over: what this one was about to do must not happen. */
export class LeaseLost extends Error {}
