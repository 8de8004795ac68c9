import type { StockKey } from './posting.ts';
import type { QueuedMovement } from './queued-movement.ts';

interface Group {
  movements: QueuedMovement[];
  /** Whether something waits on behalf of the group: then it stays, also without movements. */
  isWaiting: boolean;
}

/** Movements in groups, each group by its key, with how many lines they have together. */
export class WaitingMovements {
  private readonly groups = new Map<string, Group>();
  lines = 0;

  has(key: string): boolean {
    return this.groups.has(key);
  }

  /** The levels that the movements of a group wait for. */
  levels(key: string): StockKey[] {
    return this.groups.get(key)!.movements.flatMap(({ awaited }) => awaited);
  }

  /** When the first of a group is to be refused. */
  deadline(key: string): number {
    return deadlineOf(this.groups.get(key)!);
  }

  add(movement: QueuedMovement, key: string): void {
    let group = this.groups.get(key);
    if (!group) this.groups.set(key, (group = { movements: [], isWaiting: false }));
    group.movements.push(movement);
    this.lines += movement.postings.length;
  }

  setWaiting(key: string, isWaiting: boolean): void {
    this.groups.get(key)!.isWaiting = isWaiting;
    this.dropEmpty(key);
  }

  /** The groups for which nothing waits, the one whose first movement has waited longest first. */
  idleByAge(): string[] {
    const idle = [...this.groups].filter(([, { isWaiting, movements }]) => !isWaiting && movements.length > 0);
    return idle.toSorted(([, one], [, other]) => deadlineOf(one) - deadlineOf(other)).map(([key]) => key);
  }

  /** Takes out the first of a group, up to so many lines; one that has more goes alone. */
  take(key: string, lines: number): QueuedMovement[] {
    const heavy = this.groups.get(key)!.movements[0]?.postings.length ?? 0;
    return this.takeWhere(key, () => true, Math.max(lines, heavy));
  }

  /** The same of all groups, for the movements that name one of these levels. */
  takeNaming(keys: ReadonlySet<string>, lines: number): QueuedMovement[] {
    const taken: QueuedMovement[] = [];
    for (const group of this.groups.keys()) {
      const some = this.takeWhere(group, (movement) => movement.keys.some((key) => keys.has(key)), lines);
      lines -= linesOf(some);
      taken.push(...some);
    }
    return taken;
  }

  private takeWhere(key: string, isWanted: (movement: QueuedMovement) => boolean, lines: number): QueuedMovement[] {
    const group = this.groups.get(key)!;
    const taken: QueuedMovement[] = [];
    group.movements = group.movements.filter((movement) => {
      if (movement.postings.length > lines || !isWanted(movement)) return true;
      lines -= movement.postings.length;
      taken.push(movement);
      return false;
    });
    this.lines -= linesOf(taken);
    this.dropEmpty(key);
    return taken;
  }

  private dropEmpty(key: string): void {
    const { isWaiting, movements } = this.groups.get(key)!;
    if (movements.length === 0 && !isWaiting) this.groups.delete(key);
  }
}

/** In order, as many in each as have no more than so many lines; one that has more goes alone. */
export function inBatches(movements: QueuedMovement[], lines: number): QueuedMovement[][] {
  const batches: QueuedMovement[][] = [];
  let free = 0;
  for (const movement of movements) {
    if (movement.postings.length > free) {
      batches.push([]);
      free = lines;
    }
    batches.at(-1)!.push(movement);
    free -= movement.postings.length;
  }
  return batches;
}

export const linesOf = (movements: QueuedMovement[]): number =>
  movements.reduce((sum, { postings }) => sum + postings.length, 0);

const deadlineOf = ({ movements }: Group): number => Math.min(...movements.map(({ deadline }) => deadline));
