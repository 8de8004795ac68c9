import { number, plural } from './format.ts';

export const labelTexts = {
  title: 'Labels',
  print: 'Print',
  printShortcut: 'Print the labels',
  items: 'Items',
  addItem: 'Add an item',
  remove: (name: string) => `Leave out ${name}`,
  tooMany: (most: number) => `Only the first ${number(most)} items are taken.`,
  gone: (count: number) => plural(count, { one: '# item is no longer there.', other: '# items are no longer there.' }),
  paper: 'Paper',
  papers: { sheet: 'A4 sheets', roll: 'Roll' },
  grid: 'Labels a sheet',
  gridName: (columns: number, rows: number, width: number, height: number) =>
    `${columns} × ${rows} (${number(width)} × ${number(height)} mm)`,
  start: 'Begin at label',
  startHint: 'Where a sheet is partly used.',
  width: 'Width, mm',
  height: 'Height, mm',
  copies: 'Copies of each',
  symbol: 'Code',
  symbols: { barcode: 'Barcode', qr: 'QR code', both: 'Both' },
  summary: (labels: number, pages: number, isRoll: boolean) =>
    isRoll
      ? plural(labels, { one: '# label', other: '# labels' })
      : `${plural(labels, { one: '# label', other: '# labels' })} on ${plural(pages, { one: '# sheet', other: '# sheets' })}`,
  hint: 'In the print dialog: scale 100 %, no margins, no headers.',
  preview: (page: number, pages: number) => `Preview of page ${number(page)} of ${number(pages)}`,
  turn: { back: 'Page before', on: 'Next page' },
  narrow: (sku: string, millimetres: number) =>
    `The bars of ${sku} are ${millimetres.toFixed(2)} mm wide on this label, which many scanners cannot read. Take larger labels or the QR code.`,
  noBarcode: (sku: string) => `${sku} cannot be a barcode; it gets a QR code.`,
  empty: {
    title: 'No items chosen',
    text: 'Choose one below, or select some on the items page.',
  },
};
