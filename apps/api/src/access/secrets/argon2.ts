import type { Argon2Parameters } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/**
 * Computes Argon2id (RFC 9106), on a thread of its own. On libuv's four threads it leaves its memory behind on each, because
 * glibc keeps for a thread what the thread has freed: 120 MiB in all instead of 40.
 */
export class Argon2 {
  private thread: Worker | undefined;

  /** One at a time: each call waits for the one before. */
  async compute(parameters: Argon2Parameters): Promise<Buffer> {
    const thread = (this.thread ??= this.start());
    // While nothing is computed, the thread keeps no process from ending.
    thread.ref();
    try {
      return await resultOf(thread, parameters);
    } finally {
      thread.unref();
    }
  }

  async close(): Promise<void> {
    await this.thread?.terminate();
  }

  private start(): Worker {
    const thread = new Worker(new URL('./argon2.thread.ts', import.meta.url));
    // Whatever ended it, the next call starts another one.
    const forget = () => {
      if (this.thread === thread) this.thread = undefined;
    };
    return thread.once('error', forget).once('exit', forget);
  }
}

function resultOf(thread: Worker, parameters: Argon2Parameters): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const done = (hash: Uint8Array) => resolve(Buffer.from(hash));
  const ended = () => reject(new Error('The thread that computes Argon2 has ended'));
  thread.once('message', done).once('error', reject).once('exit', ended);
  thread.postMessage(parameters);
  return promise.finally(() => thread.off('message', done).off('error', reject).off('exit', ended));
}
