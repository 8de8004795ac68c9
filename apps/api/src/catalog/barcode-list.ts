/** In a cell of a CSV file, several barcodes are parted by `|`. One that holds `|` or `\` has `\` before it. */
const CODE = /(?:[^\\|]|\\.)+/gsu;

/** The barcodes of a cell, without the spaces around them. */
export const parseBarcodes = (cell: string): string[] =>
  (cell.match(CODE) ?? []).map((code) => code.replace(/\\(.)/gsu, '$1').trim()).filter((code) => code !== '');

/** The cell of an array of barcodes, as an expression of SQL. NULL where there are none. */
export const barcodesCell = (column: string): string =>
  `(SELECT string_agg(regexp_replace(code, '([\\\\|])', '\\\\\\1', 'g'), '|' ORDER BY n) FROM unnest(${column}) WITH ORDINALITY AS listed(code, n))`;
