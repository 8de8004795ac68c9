import { ApiProblem } from './problem.ts';

export interface FieldErrors {
  /** By the form's own names of its fields. */
  fields: Record<string, string>;
  /** What belongs to none of them. */
  rest: string[];
}

/**
 * What a problem says of the form's fields.
 * @param names the JSON pointer of each field that is not called as in the form: `{'/lines/0/quantity': 'quantity'}`
 */
export function fieldErrors(
  error: unknown,
  names: Record<string, string> = {},
  known?: readonly string[],
): FieldErrors {
  const found: FieldErrors = { fields: {}, rest: [] };
  if (!(error instanceof ApiProblem) || !error.body.errors) return found;
  for (const { pointer, detail } of error.body.errors) {
    const name = names[pointer] ?? pointer.slice(1).replaceAll('/', '.');
    if (!known || known.includes(name)) found.fields[name] = detail;
    else found.rest.push(`${pointer.slice(1)}: ${detail}`);
  }
  return found;
}
