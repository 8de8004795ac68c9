import { ApiProblem, isProblem } from '../api/problem.ts';
import { problemLinesTexts as texts } from '../texts/stock.ts';
import { problemLines } from './movement.ts';

/** What is wrong with a line, by the field that it speaks of. */
export type LineErrors = Record<string, string>;

/** What a problem says of each line of a document, by the line's number. Empty where it names none. */
export function lineErrors(error: Error | null): Map<number, LineErrors> {
  const found = new Map<number, LineErrors>();
  const add = (line: number, field: string, text: string) => found.set(line, { ...found.get(line), [field]: text });
  for (const { line, requested = 0, available = 0, onHand = 0 } of problemLines(error)) {
    if (isProblem(error, 'insufficient-stock')) add(line, 'quantity', texts.short(available, requested));
    if (isProblem(error, 'unexpected-level')) add(line, 'quantity', texts.unexpected(onHand));
  }
  for (const { pointer, detail } of (error instanceof ApiProblem && error.body.errors) || []) {
    const [, line, field] = /^\/lines\/(\d+)\/(\w+)/.exec(pointer) ?? [];
    if (line && field) add(Number(line), FIELDS[field] ?? field, detail);
  }
  return found;
}

/** Fields that are called otherwise in a form. */
const FIELDS: Record<string, string> = { counted: 'quantity', delta: 'quantity', from: 'location' };
