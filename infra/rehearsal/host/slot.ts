import { once } from 'node:events';
import { createServer } from 'node:net';

const SLOTS = 4;

/**
 * A number that no other rehearsal on this machine has: it tells their networks, containers and ports apart.
 * It is free again when this process has ended, however that was.
 */
export async function takeSlot(): Promise<number> {
  for (let slot = 0; slot < SLOTS; slot++) {
    // A socket in Linux's abstract namespace: it has one owner, and leaves no file.
    const owner = createServer().listen(`\0stockroom-rehearsal-${slot}`);
    const isOwn = await once(owner, 'listening').then(
      () => true,
      () => false,
    );
    if (!isOwn) continue;
    owner.unref();
    return slot;
  }
  throw new Error(`${SLOTS} rehearsals run on this machine. Wait until one has ended.`);
}
