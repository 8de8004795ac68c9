import type { DecimalSign, ImportDelimiter, ImportEncoding, ImportFormat, ImportMode, ImportReading, MappingTarget, StockMode } from '#contracts'; // prettier-ignore

/** How the sender wants the file to be read. */
export interface ReadOptions {
  delimiter?: ImportDelimiter;
  decimal?: DecimalSign;
  sheet?: string;
  mapping?: Record<string, MappingTarget>;
}

/** A job that this task works on. */
export interface Job {
  id: string;
  fileId: string;
  fileName: string | null;
  format: ImportFormat;
  encoding: ImportEncoding | null;
  mode: ImportMode;
  stock: StockMode;
  options: ReadOptions;
  dryRun: boolean;
  isUndo: boolean;
  actorId: string;
  /** Null: not read yet. */
  rows: number | null;
  reading: ImportReading | null;
  /** Rows that are finished. */
  done: number;
  /** How often it was started since a row was last finished. */
  attempts: number;
  /** The lease: proves that the job is still this task's. */
  token: string;
}

/** What a batch adds to a job. */
export interface Progress {
  created: number;
  updated: number;
  failed: number;
  stockSkipped: number;
  stockDelta: number;
}

/** Another task has taken the job over, or it was cancelled: this task must not write anything more for it. */
export class LeaseLost extends Error {}
