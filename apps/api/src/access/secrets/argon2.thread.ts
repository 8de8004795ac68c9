import { type Argon2Parameters, argon2Sync } from 'node:crypto';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';

/**
 * Below the event loop's thread, so that a flood of sign-ins takes little from other requests where both share a
 * processor. Linux sets the priority of the calling thread alone (sched(7)); elsewhere it would be the whole process's.
 */
const NICE = 10;
if (process.platform === 'linux') setPriority(NICE);

/** A thread of its own: for each set of parameters that comes, the hash goes back, in order. */
parentPort!.on('message', (parameters: Argon2Parameters) => {
  parentPort!.postMessage(argon2Sync('argon2id', parameters));
});
