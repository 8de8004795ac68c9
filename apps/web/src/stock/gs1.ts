import { parseBarcode } from 'gs1-barcode-parser-mod';

/** What a GS1 element string says of an item: on a case, a label or a DataMatrix (GS1 General Specifications, sections 3 and 7.8). */
export interface ElementString {
  /** 14 digits, of AI 01, or 02 for what a logistic unit contains. */
  gtin: string;
  /** Pieces, 1 to 99,999,999, of AI 30 or 37. Undefined: none is said. */
  quantity: number | undefined;
  /** As it is printed for people: `(01)09506000134352(10)ABC`. It can be parsed again. */
  text: string;
}

/** What stands for FNC1 in a code as scanners send it: ASCII's group separator. Some send that of the symbol's beginning, too. */
export const FNC1 = '\u001d';
/** Longer than any symbol of GS1 holds, in characters. */
const MAX_LENGTH = 3_000;

/** @returns undefined where it is none, or names no item */
export function parseElementString(code: string): ElementString | undefined {
  const elements = parse(code);
  const valueOf = (...identifiers: string[]) => elements.find(({ ai }) => identifiers.includes(ai))?.raw ?? '';
  const gtin = valueOf('01', '02');
  if (!/^\d{14}$/.test(gtin)) return undefined;
  const count = valueOf('30', '37');
  return {
    gtin,
    quantity: /^\d{1,8}$/.test(count) ? Number(count) || undefined : undefined,
    text: elements.map(({ ai, raw }) => `(${ai})${raw}`).join(''),
  };
}

function parse(code: string) {
  if (code.length > MAX_LENGTH) return [];
  try {
    return parseBarcode(code.startsWith(FNC1) ? code.slice(1) : code).parsedCodeItems;
  } catch {
    return []; // It throws texts where something is no element.
  }
}
