import type { Fact } from '../facts.ts';
import { type Finding, notChecked, toDo } from '../finding.ts';

/**
 * @param create what to do where it does not exist
 * @param rules what to find of it where it does
 */
export function examine<T>(
  subject: string,
  fact: Fact<T> | undefined,
  create: string,
  rules: (value: T) => Finding[],
): Finding[] {
  if (fact === undefined) return [];
  if ('value' in fact) return rules(fact.value);
  if ('missing' in fact) return [toDo(subject, 'it does not exist', create)];
  return [notChecked(subject, fact.unreadable)];
}

/** Each condition that is not met as a "to do", else one "passed". */
export function check(
  subject: string,
  success: string,
  ...conditions: [isMet: boolean, detail: string, change: string][]
): Finding[] {
  const failed = conditions.filter(([isMet]) => !isMet);
  if (failed.length === 0) return [{ status: 'passed', subject, detail: success }];
  return failed.map(([, detail, change]) => toDo(subject, detail, change));
}

/** The value of a fact that was read. */
export const valueOf = <T>(fact: Fact<T> | undefined): T | undefined =>
  fact && 'value' in fact ? fact.value : undefined;
