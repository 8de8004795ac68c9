import { attributeLimits, type ImportColumn, importColumns, isReservedKey, type MappingTarget } from '#contracts';
import { fieldOf, isOwnName, resembledField } from './aliases.ts';
import { headingKey } from './headings.ts';
import { fieldsOfExport, knownExportOf } from './known-exports.ts';

/** What one column of a file is for. */
export interface ProposedColumn {
  heading: string;
  target: MappingTarget;
  /** 0 to 1. */
  confidence: number;
  /** What the sender must decide before anything is booked. */
  question: string | null;
}

/** The column of a failed.csv that says why; ignored when the file comes back. */
export const REASON_HEADING = 'Stockroom: reason';

const NAMED = 1;
const KNOWN_EXPORT = 0.95;
const ALIAS = 0.9;
const ONLY_CODE = 0.8;
const RESEMBLES = 0.5;
const ATTRIBUTE = 0.7;

/**
 * Says for each heading what its column is for. What the mapping names is taken; the rest is matched by our own names, by
 * usual names in four languages, and by the export files of other systems.
 *
 * @param samples by position, the first values of each column
 */
export function proposeMapping(
  headings: string[],
  mapping: Record<string, MappingTarget> = {},
  samples: readonly string[][] = [],
): ProposedColumn[] {
  const named = namedTargets(headings, mapping);
  const known = knownExportOf(headings);
  const ofExport = known && fieldsOfExport(known, headings);
  const columns = headings.map((heading, at): ProposedColumn => {
    const target = named[at];
    if (target) return { heading, target, confidence: NAMED, question: null };
    if (heading === '' || heading === REASON_HEADING)
      return { heading, target: 'ignore', confidence: NAMED, question: null };
    if (ofExport) {
      const field = ofExport.get(at);
      return { heading, target: field ?? attributeOf(heading), confidence: KNOWN_EXPORT, question: null };
    }
    const field = fieldOf(heading);
    if (field) return { heading, target: field, confidence: isOwnName(heading, field) ? NAMED : ALIAS, question: null };
    const resembled = resembledField(heading);
    if (!resembled) return { heading, target: attributeOf(heading), confidence: ATTRIBUTE, question: null };
    const question = `The column ${quoted(heading)} looks like ${resembled}. Say what it is: ${mappingExamples(heading, resembled)}.`;
    return { heading, target: attributeOf(heading), confidence: RESEMBLES, question };
  });
  if (!known) takeCodeAsSku(columns, samples);
  askAboutRivals(columns);
  return columns;
}

/** @returns what is wrong with the mapping as a whole, or undefined */
export function mappingViolation(
  columns: ProposedColumn[],
  mapping: Record<string, MappingTarget> = {},
): string | undefined {
  const keys = new Set(columns.map(({ heading }) => headingKey(heading)));
  const absent = Object.keys(mapping).find((heading) => !keys.has(headingKey(heading)));
  if (absent !== undefined) return `The mapping names the column ${quoted(absent)}, which the file does not have.`;
  if (!columns.some(({ target }) => target === 'sku')) {
    const names = columns
      .map(({ heading }) => heading)
      .join(', ')
      .slice(0, 500);
    return `The header has no column sku; it has: ${names}. Name the column with ?mapping={"<heading>":"sku"}.`;
  }
  const targets = columns.map(({ target }) => target).filter((target) => target !== 'ignore');
  const twice = targets.find((target, at) => targets.indexOf(target) < at);
  if (twice) return `The header has the column ${twice.replace(/^attribute:/, '')} twice.`;
  const wrong = columns.find(({ target }) => target.startsWith('attribute:') && attributeViolation(target.slice('attribute:'.length))); // prettier-ignore
  return wrong && attributeViolation(wrong.target.slice('attribute:'.length));
}

function attributeViolation(name: string): string | undefined {
  if (isReservedKey(name))
    return `An attribute cannot have the name ${name}: it is reserved. Give the column another heading.`;
  if (name.length <= attributeLimits.key && !name.includes('\0') && name.isWellFormed()) return undefined;
  return `The name of an attribute may have up to ${attributeLimits.key} characters: ${name.slice(0, 80)}`;
}

/** By position. A heading is found as it is written, or else as headings are compared. */
function namedTargets(headings: string[], mapping: Record<string, MappingTarget>): (MappingTarget | undefined)[] {
  const exact = new Map(Object.entries(mapping).map(([heading, target]) => [heading.trim(), target]));
  const alike = new Map(Object.entries(mapping).map(([heading, target]) => [headingKey(heading), target]));
  return headings.map(
    (heading) => exact.get(heading) ?? (headingKey(heading) === '' ? undefined : alike.get(headingKey(heading))),
  );
}

/** "Code" alone is the item's code, unless another column is, or looks like it; one of barcodes alone is asked about. */
function takeCodeAsSku(columns: ProposedColumn[], samples: readonly string[][]): void {
  if (columns.some(({ target }) => target === 'sku')) return;
  const hasBarcodes = columns.some(({ target }) => target === 'barcode');
  columns.forEach((column, at) => {
    if (headingKey(column.heading) !== 'code' || column.confidence === NAMED) return;
    const values = samples[at] ?? [];
    const rival = columns.find(({ question }) => question?.includes('looks like sku'));
    if (rival) column.question = bothLookLike(rival, column, 'sku');
    else if (!hasBarcodes && values.length > 0 && values.every((value) => GTIN.test(value)))
      column.question = `The column ${quoted(column.heading)} holds codes as barcodes have them. Say whether they are the SKU or the barcode: ${mappingExamples(column.heading, 'sku')}, or "barcode".`;
    if (column.question) column.confidence = RESEMBLES;
    else Object.assign(column, { target: 'sku', confidence: ONLY_CODE });
  });
}

/** GTIN-8, -12, -13 and -14. */
const GTIN = /^(\d{8}|\d{12,14})$/;

/** Of two columns for one field the surer one has it; where neither is surer, the sender is asked. */
function askAboutRivals(columns: ProposedColumn[]): void {
  for (const field of importColumns) {
    const rivals = columns.filter(({ target }) => target === field);
    const best = Math.max(...rivals.map(({ confidence }) => confidence));
    const surest = rivals.filter(({ confidence }) => confidence === best);
    // Two of our own names, or two that the mapping names, are one column twice.
    if (rivals.length < 2 || (best === NAMED && surest.length > 1)) continue;
    for (const column of rivals) {
      if (column.confidence === NAMED) continue;
      const other =
        rivals.find((rival) => rival !== column && rival.confidence === best) ??
        rivals.find((rival) => rival !== column)!;
      column.question = bothLookLike(other, column, field);
      column.target = attributeOf(column.heading);
      column.confidence = RESEMBLES;
    }
  }
}

const bothLookLike = (other: ProposedColumn, { heading }: ProposedColumn, field: ImportColumn): string =>
  `The columns ${quoted(other.heading)} and ${quoted(heading)} both look like ${field}. Say what each is: ${mappingExamples(heading, field)}.`;
const attributeOf = (heading: string): MappingTarget => `attribute:${heading}`;
const quoted = (text: string): string => `"${text.slice(0, 80)}"`;
const mappingExamples = (heading: string, field: ImportColumn): string =>
  `?mapping={${JSON.stringify(heading.slice(0, 80))}:"${field}"}, or "ignore", or "attribute:<name>"`;
