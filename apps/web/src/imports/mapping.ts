import type { Import } from './queries.ts';

/** By heading, what its column is for. Empty: the person has still to choose. */
export type Mapping = Record<string, string>;

export type ImportColumn = NonNullable<Import['reading']>['columns'][number];

/** The columns that a person can choose for: one without a heading has no name to send. */
export const namedColumns = ({ reading }: Import): ImportColumn[] =>
  reading?.columns.filter(({ heading }) => heading !== '') ?? [];

/** What the API proposes; a column that it asks about is left to the person. */
export const proposedMapping = (job: Import): Mapping =>
  Object.fromEntries(
    namedColumns(job).map(({ heading, target, question }) => [heading, question === null ? target : '']),
  );

export type MappingFault =
  | { kind: 'unanswered'; headings: string[] }
  | { kind: 'no-sku' }
  | { kind: 'twice'; target: string; headings: string[] };

/** Why the file cannot be read with this mapping. */
export function mappingFault(mapping: Mapping): MappingFault | undefined {
  const columns = Object.entries(mapping);
  const unanswered = columns.filter(([, target]) => target === '').map(([heading]) => heading);
  if (unanswered.length > 0) return { kind: 'unanswered', headings: unanswered };
  if (!columns.some(([, target]) => target === 'sku')) return { kind: 'no-sku' };
  for (const [, target] of columns) {
    const headings = columns.filter(([, other]) => other === target).map(([heading]) => heading);
    if (target !== 'ignore' && headings.length > 1) return { kind: 'twice', target, headings };
  }
  return undefined;
}
