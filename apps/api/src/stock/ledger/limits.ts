/** Batches under way at once: two, so that one is read while the other is flushed to disk. */
export const LANES = 2;
/** Lines in one batch, which bounds how long its locks are held. */
export const BATCH_LINES = 500;
/** Lines that may wait for their batch: some seconds of work. */
export const MAX_WAITING_LINES = 20_000;
/** How long a movement waits, from when it first has to, for locks that other transactions hold: refused in less than 2 s. */
export const LOCK_WAIT_MS = 1_750;
/** Connections that wait each for one such lock; movements of further levels are tried again every now and then. */
export const LOCK_WAITS = 3;
/** Lines of movements that may wait for such locks. */
export const MAX_CONTENDED_LINES = 2_000;
