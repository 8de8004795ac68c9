import type { StockKey } from './posting.ts';
import type { QueuedWrite } from './queued-write.ts';

interface Group {
  writes: QueuedWrite[];
  /** Whether something waits on behalf of the group: then it stays, also without writes. */
  isWaiting: boolean;
}

/** Writes in groups, each group by its key, with how many lines they have together. */
export class WaitingWrites {
  private readonly groups = new Map<string, Group>();
  lines = 0;

  has(key: string): boolean {
    return this.groups.has(key);
  }

  /** The levels that the writes of a group wait for. */
  levels(key: string): StockKey[] {
    return this.groupOf(key).writes.flatMap(({ awaited }) => awaited);
  }

  /** When the first of a group is to be refused. */
  deadline(key: string): number {
    return deadlineOf(this.groupOf(key));
  }

  add(write: QueuedWrite, key: string): void {
    let group = this.groups.get(key);
    if (!group) this.groups.set(key, (group = { writes: [], isWaiting: false }));
    group.writes.push(write);
    this.lines += write.postings.length;
  }

  setWaiting(key: string, isWaiting: boolean): void {
    this.groupOf(key).isWaiting = isWaiting;
    this.dropEmpty(key);
  }

  /** The groups for which nothing waits, the one whose first write has waited longest first. */
  idleByAge(): string[] {
    const idle = [...this.groups].filter(([, { isWaiting, writes }]) => !isWaiting && writes.length > 0);
    return idle.toSorted(([, one], [, other]) => deadlineOf(one) - deadlineOf(other)).map(([key]) => key);
  }

  /** Takes out the first of a group, up to so many lines; one that has more goes alone. */
  take(key: string, lines: number): QueuedWrite[] {
    const heavy = this.groupOf(key).writes[0]?.postings.length ?? 0;
    return this.takeWhere(key, () => true, Math.max(lines, heavy));
  }

  /** The same of all groups, for the writes that name one of these levels. */
  takeNaming(keys: ReadonlySet<string>, lines: number): QueuedWrite[] {
    const taken: QueuedWrite[] = [];
    for (const group of this.groups.keys()) {
      const some = this.takeWhere(group, (write) => write.keys.some((key) => keys.has(key)), lines);
      lines -= linesOf(some);
      taken.push(...some);
    }
    return taken;
  }

  private takeWhere(key: string, isWanted: (write: QueuedWrite) => boolean, lines: number): QueuedWrite[] {
    const group = this.groupOf(key);
    const taken: QueuedWrite[] = [];
    group.writes = group.writes.filter((write) => {
      if (write.postings.length > lines || !isWanted(write)) return true;
      lines -= write.postings.length;
      taken.push(write);
      return false;
    });
    this.lines -= linesOf(taken);
    this.dropEmpty(key);
    return taken;
  }

  private groupOf(key: string): Group {
    const group = this.groups.get(key);
    if (!group) throw new Error(`No write waits for ${JSON.stringify(key)}.`);
    return group;
  }

  private dropEmpty(key: string): void {
    const { isWaiting, writes } = this.groupOf(key);
    if (writes.length === 0 && !isWaiting) this.groups.delete(key);
  }
}

/** In order, as many in each as have no more than so many lines; one that has more goes alone. */
export function inBatches(writes: QueuedWrite[], lines: number): QueuedWrite[][] {
  const batches: QueuedWrite[][] = [];
  let batch: QueuedWrite[] = [];
  let free = 0;
  for (const write of writes) {
    if (write.postings.length > free) {
      batches.push((batch = []));
      free = lines;
    }
    batch.push(write);
    free -= write.postings.length;
  }
  return batches;
}

export const linesOf = (writes: QueuedWrite[]): number =>
  writes.reduce((sum, { postings }) => sum + postings.length, 0);

const deadlineOf = ({ writes }: Group): number => Math.min(...writes.map(({ deadline }) => deadline));
