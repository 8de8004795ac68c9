/** Cells as one line of CSV (RFC 4180), LF at its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\n`;

const cellOf = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
