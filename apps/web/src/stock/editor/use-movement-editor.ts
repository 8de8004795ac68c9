import { useEffect, useRef, useState } from 'react';
import type { Schema } from '../../api/client.ts';
import { isProblem } from '../../api/problem.ts';
import { queryClient } from '../../api/query-client.ts';
import { useWrite } from '../../api/use-write.ts';
import { showError } from '../../components/toast.ts';
import type { Draft } from '../../drafts/draft.ts';
import { movementTexts } from '../../texts/stock.ts';
import { showBooked } from '../booked-toast.tsx';
import type { ItemName } from '../item-picker.tsx';
import { levelQuery } from '../levels.ts';
import { AFFECTED_BY_MOVEMENT, type MovementBody, type MovementType, postMovement, problemLines } from '../movement.ts';
import { type LineErrors, lineErrors } from '../problem-lines.ts';
import {
  addToLines,
  type DraftLine,
  isStarted,
  largeDifferences,
  lineAfter,
  MAX_LINES,
  movementBody,
  newLine,
  totalUnits,
  validateLines,
} from './draft-line.ts';
import { useRememberedLocation } from './remembered-location.ts';
import { restoredLines, type StoredDraft, storedLines } from './stored-draft.ts';

export interface MovementEditorOptions {
  type: MovementType;
  /** What the first line begins with. */
  begin: Partial<Omit<DraftLine, 'key'>>;
  draft: Draft<StoredDraft>;
  onBooked: (movement: Schema['Movement']) => void;
}

/** The state of a movement that is being written, and what can be done to it. */
export function useMovementEditor({ type, begin, draft, onBooked }: MovementEditorOptions) {
  const restored = draft.restored?.values;
  const [reference, setReference] = useState(restored?.reference ?? '');
  const [note, setNote] = useState(restored?.note ?? '');
  const [lines, setLines] = useState<DraftLine[]>(() => (restored ? restoredLines(restored) : [newLine(begin)]));
  // Several entries may come before the lines are drawn again.
  const latest = useRef(lines);
  const update = (changed: (before: DraftLine[]) => DraftLine[]) => {
    latest.current = changed(latest.current);
    setLines(latest.current);
  };
  const [restoredAt, setRestoredAt] = useState(draft.restored?.at);
  const [errors, setErrors] = useState<ReadonlyMap<number, LineErrors>>(new Map());
  // Counts with large differences that the person has been asked about: as long as they stay the same.
  const [askedAbout, setAskedAbout] = useState<string>();
  const { remember } = useRememberedLocation();
  const write = useWrite({
    write: (body: MovementBody, header) => postMovement(body, header),
    invalidates: AFFECTED_BY_MOVEMENT,
    draft,
    onSuccess: (movement) => {
      draft.clear();
      if (lines[0]) remember(lines[0].location);
      const delta = movement.lines.length === 1 ? movement.lines[0]!.delta : undefined;
      showBooked(movementTexts.done(type, totalUnits(type, lines), lines.length, delta), movement);
      onBooked(movement);
    },
    onError: (error) => {
      setErrors(lineErrors(error));
      if (!isProblem(error, 'unexpected-level')) return;
      // The line says what the level is now. Counted against that, it holds when it is saved once more.
      const now = new Map(problemLines(error).map(({ line, onHand }) => [line, onHand]));
      update((before) => before.map((line, n) => (now.has(n) ? { ...line, seenOnHand: now.get(n) } : line)));
    },
  });
  const isTouched = reference !== '' || note !== '' || lines.length > 1 || lines.some((line) => isStarted(line, begin));
  useEffect(() => {
    if (isTouched) draft.keep({ type, reference, note, lines: storedLines(lines) });
    else draft.clear();
  }, [draft, type, reference, note, lines, isTouched]);

  const change = (key: number, changes: Partial<DraftLine>) => {
    update((before) => before.map((line) => (line.key === key ? { ...line, ...changes } : line)));
    // What was said of a line is no longer true of what it becomes.
    const isSeenOnly = 'seenOnHand' in changes && Object.keys(changes).length === 1;
    const index = lines.findIndex((line) => line.key === key);
    if (!isSeenOnly) setErrors((before) => new Map([...before].filter(([line]) => line !== index)));
  };
  const submit = async () => {
    const found = validateLines(type, latest.current);
    setErrors(found);
    if (found.size > 0 || write.isPending) return;
    const seen = type === 'count' ? await withSeenLevels(latest.current) : latest.current;
    const levels = new Map(seen.map(({ key, seenOnHand }) => [key, seenOnHand]));
    update((before) => before.map((line) => ({ ...line, seenOnHand: line.seenOnHand ?? levels.get(line.key) })));
    const counts = countsOf(seen);
    if (largeDifferences(type, seen) > 0 && askedAbout !== counts) return setAskedAbout(counts);
    write.mutate(movementBody(type, { reference, note }, seen));
  };
  return {
    reference,
    setReference,
    note,
    setNote,
    lines,
    errors,
    restoredAt,
    write,
    isFull: lines.length >= MAX_LINES,
    isAsking: askedAbout !== undefined && askedAbout === countsOf(lines),
    change,
    /** An item that was scanned or typed, or a further line without one. @returns false where the lines are full */
    add: (item?: ItemName, quantity = ''): boolean => {
      const before = latest.current;
      const next = item ? addToLines(before, item, quantity) : [...before, lineAfter(before.at(-1))];
      if (next.length > MAX_LINES) return false;
      update(() => next);
      return true;
    },
    remove: (key: number) => {
      update((before) => before.filter((line) => line.key !== key));
      setErrors(new Map());
    },
    startOver: () => {
      setReference('');
      setNote('');
      update(() => [newLine(begin)]);
      setErrors(new Map());
      setRestoredAt(undefined);
    },
    submit: () => void submit().catch(showError),
  };
}

/** A count is compared with a level, also where the person was quicker than its response. */
async function withSeenLevels(lines: DraftLine[]): Promise<DraftLine[]> {
  if (lines.every(({ seenOnHand }) => seenOnHand !== undefined)) return lines;
  return Promise.all(
    lines.map(async (line) => {
      if (line.seenOnHand !== undefined || !line.item) return line;
      const { onHand } = await queryClient.ensureQueryData(levelQuery(line.item.id, line.location));
      return { ...line, seenOnHand: onHand };
    }),
  );
}

/** What tells whether counts are still those that the person was asked about. */
const countsOf = (lines: readonly DraftLine[]): string =>
  lines.map(({ item, location, quantity, seenOnHand }) => `${item?.id} ${location} ${quantity} ${seenOnHand}`).join();
