import type { MappingFault } from '../imports/mapping.ts';
import { list, number, plural } from './format.ts';

const rows = { one: '# row', other: '# rows' };
const items = { one: '# item', other: '# items' };

/** What a column can become, by the API's names. */
const fields = {
  sku: 'SKU', name: 'Name', description: 'Description', barcode: 'Barcode', moreBarcodes: 'Further barcodes', category: 'Category', unit: 'Unit', unitCost: 'Unit cost',
  reorderPoint: 'Reorder point', location: 'Location', quantity: 'Quantity', attributes: 'Attributes (JSON)',
}; // prettier-ignore

const columns = (headings: string[]): string =>
  plural(headings.length, { one: 'the column', other: 'the columns' }) +
  ` ${list(headings.map((heading) => `“${heading}”`))}`;

const targetName = (target: string): string =>
  target === 'ignore'
    ? 'Leave out'
    : target.startsWith('attribute:')
      ? `Attribute “${target.slice('attribute:'.length)}”`
      : (fields[target as keyof typeof fields] ?? target);

export const importTexts = {
  title: 'Imports',
  stepsLabel: 'Steps of an import',
  steps: { drop: 'Drop', match: 'Match', check: 'Check', done: 'Done' },
  another: 'Choose another file',
  drop: {
    title: 'Drop a CSV file or a workbook here',
    text: 'Items and stock, one row each, or paste rows from a spreadsheet. Nothing is booked before you have seen how it is read.',
    choose: 'Choose a file',
    sample: 'Download a sample',
    sampleName: 'stockroom-sample.csv',
    release: 'Drop it to see how it is read',
    pasted: 'Pasted rows',
  },
  viewer: 'Operators and admins import files. You see what they have imported.',
  wrong: {
    title: 'This file cannot be imported',
    several: 'Drop one file at a time.',
    folder: 'That is a folder. Drop the file that is in it.',
    empty: 'The file is empty.',
  },
  match: {
    title: 'How the file is read',
    question: 'One question first',
    fault: (fault: MappingFault) =>
      fault.kind === 'unanswered'
        ? `Choose what becomes of ${columns(fault.headings)}.`
        : fault.kind === 'no-sku'
          ? 'Choose the column that holds the SKU, the code of each item.'
          : `Only one column can become ${targetName(fault.target)}: choose another target for one of ${columns(fault.headings)}.`,
    remembered: 'These columns are matched as you chose the last time.',
    proposed: 'Use the proposal instead',
    encoding: 'Encoding',
    encodings: [
      'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1250', 'windows-1251', 'windows-1253', 'windows-1254',
      'iso-8859-2', 'iso-8859-15', 'macintosh', 'shift_jis', 'gb18030', 'big5', 'euc-kr',
    ], // prettier-ignore
    delimiter: 'Cells are separated by',
    delimiters: [
      { value: 'comma', label: 'Comma' },
      { value: 'semicolon', label: 'Semicolon' },
      { value: 'tab', label: 'Tab' },
      { value: 'pipe', label: 'Vertical bar' },
    ],
    sheet: 'Sheet',
    decimal: 'Decimal sign',
    decimals: [
      { value: 'point', label: 'Point: 1,234.50' },
      { value: 'comma', label: 'Comma: 1.234,50' },
    ],
    unknownDecimal: 'Not clear from the file',
    columns: 'Columns of the file',
    heading: 'Column',
    target: 'Becomes',
    targetOf: (heading: string) => `What the column ${heading} becomes`,
    samples: 'For example',
    sure: 'How sure',
    asks: 'You decide',
    choose: 'Choose…',
    chosen: 'Your choice',
    confidence: (confidence: number) =>
      confidence === 1 ? 'Certain' : confidence >= 0.9 ? 'Very likely' : 'No matching field',
    /** All that a column can become, and what it is now. */
    targets: (heading: string, current: string) => {
      const attribute = `attribute:${heading}`;
      const targets = [...Object.keys(fields), attribute, 'ignore'];
      const known = targets.map((value) => ({ value, label: targetName(value) }));
      if (current === '') return [{ value: '', label: importTexts.match.choose, disabled: true }, ...known];
      return targets.includes(current) ? known : [...known, { value: current, label: targetName(current) }];
    },
    check: 'Check',
  },
  check: {
    title: 'What would happen',
    sameFile: 'The same file was imported before',
    sameFileText: (name: string, when: string) =>
      `${name || 'It'} was imported on ${when}. Import it again only if you mean to.`,
    stock: 'Quantities',
    stockModes: [
      { value: 'opening', label: 'Opening stock, only where there is none' },
      { value: 'add', label: 'Add to the stock' },
      { value: 'set', label: 'Set the stock to them' },
      { value: 'ignore', label: 'Leave the stock as it is' },
    ],
    mode: 'Items that exist already',
    modes: [
      { value: 'upsert', label: 'are changed' },
      { value: 'create', label: 'are left out, as errors' },
    ],
    stockSkipped: (count: number) =>
      plural(count, {
        one: 'The quantity of # row is not booked: its item has stock movements already.',
        other: 'The quantities of # rows are not booked: their items have stock movements already.',
      }),
    leftOut: (count: number) =>
      plural(count, {
        one: '# row would be left out. Correct it here, or import the others.',
        other: '# rows would be left out. Correct them here, or import the others.',
      }),
    more: (shown: number, total: number) => `The first ${number(shown)} of ${plural(total, rows)}.`,
    repairs: 'Values that are wrong in several rows',
    repair: (heading: string, value: string, count: number) =>
      `${heading}: ${value === '' ? 'empty' : `“${value}”`} in ${plural(count, rows)}. Replace it with`,
    replace: 'Replace',
    failedRows: 'Rows that would be left out',
    line: 'Line',
    reasons: 'What is wrong',
    cell: (heading: string, line: number) => `${heading} of line ${line}`,
    createLocation: (code: string) => `Add the location ${code}`,
    recheck: (count: number) => plural(count, { one: 'Check # correction', other: 'Check # corrections' }),
    book: (count: number) => plural(count, { one: 'Import # row', other: 'Import # rows' }),
    bookAgain: 'Import it again',
    back: 'Back to the columns',
  },
  upload: {
    label: (name: string) => `Sending ${name}`,
    words: (sent: string, total: string) => `${sent} of ${total}`,
    received: 'Sent. The server is reading it.',
    again: 'Send it again',
    cancel: 'Stop sending',
    away: 'The file did not arrive. Try again: it is imported once, also if the first attempt has arrived.',
  },
  progress: {
    queued: 'Waiting',
    running: 'Importing',
    checking: 'Checking',
    undoing: 'Undoing',
    cancel: 'Stop',
    rows: (done: number, total: number | null) =>
      total === null ? plural(done, rows) : `${number(done)} of ${plural(total, rows)}`,
  },
  byAndWhen: (name: string, when: string) => `${name}, ${when}`,
  result: {
    done: 'Imported',
    checked: 'Checked, nothing was changed',
    failed: 'Not imported',
    allGood: 'All rows were imported.',
    allWouldGo: 'All rows would be imported.',
    leftOut: (failed: number) => `${plural(failed, rows)} left out. The others were imported.`,
    wouldBeLeftOut: (failed: number) => `${plural(failed, rows)} would be left out.`,
    nothing: 'The file has no rows.',
    errors: (failed: number) =>
      plural(failed, { one: 'Download the errors of # row', other: 'Download the errors of # rows' }),
    items: 'To the items',
    failedRows: 'Download these rows to correct them',
    cancelled: 'Stopped',
    undone: 'Undone',
    undo: 'Undo this import',
    undoText: 'Everything that this import did is taken back. Items that were changed since stay as they are.',
    confirmUndo: 'Undo',
    wasUndone: (undone: number, kept: number) =>
      kept === 0
        ? `${plural(undone, items)} taken back.`
        : `${plural(undone, items)} taken back. ${plural(kept, items)} left as they are, because they were changed since.`,
    counts: { created: 'New', updated: 'Changed', failed: 'Left out', stockDelta: 'Stock' },
  },
  list: {
    title: 'Imports so far',
    empty: 'Nothing has been imported yet.',
    file: 'File',
    when: 'When',
    who: 'Who',
    state: 'State',
    created: 'New',
    updated: 'Changed',
    failed: 'Left out',
    errors: 'Errors',
    download: 'Download',
    more: 'Show earlier ones',
    states: {
      queued: 'Waiting',
      running: 'Running',
      done: 'Done',
      failed: 'Failed',
      cancelled: 'Stopped',
      undoing: 'Undoing',
      undone: 'Undone',
    },
    createOnly: 'Only new items',
  },
  leave: 'The file is still being sent. It is not imported if you leave now.',
};
