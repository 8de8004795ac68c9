import { list, number, plural } from './format.ts';

const rows = { one: '# row', other: '# rows' };

export const importTexts = {
  title: 'Imports',
  drop: {
    title: 'Drop a CSV file here',
    text: 'Items and opening stock, one row each. The first rows are shown before anything is sent.',
    choose: 'Choose a file',
    sample: 'Download a sample',
    sampleName: 'stockroom-sample.csv',
    release: 'Drop it to look at it',
  },
  viewer: 'Operators and admins bring files in. You see what they have brought.',
  wrong: {
    title: 'This file cannot be imported',
    several: 'Drop one file at a time.',
    folder: 'That is a folder. Drop the CSV file that is in it.',
    empty: 'The file is empty.',
    spreadsheet: (name: string) =>
      `${name} is a spreadsheet’s own file. Save it as “CSV UTF-8” in the spreadsheet and drop that one.`,
    binary: (name: string) => `${name} is not a text file. What is needed is a CSV file.`,
    encoding: (name: string) =>
      `${name} is not in UTF-8, so that letters with accents would come out wrong. Save it as “CSV UTF-8”.`,
    noSku: (columns: string[]) =>
      `There must be a column “sku” in the first row, which names the columns. It has: ${list(columns)}.`,
    twice: (column: string) => `The first row has the column “${column}” twice.`,
    nameless: 'A column has no name in the first row.',
    unreadable: 'The file could not be read. Perhaps it was changed or moved since; choose it again.',
  },
  preview: {
    title: (name: string) => `Preview of ${name}`,
    size: (size: string, delimiter: string) => `${size}, parted by ${delimiter}`,
    delimiters: { ',': 'commas', ';': 'semicolons', '\t': 'tabs' } as Record<string, string>,
    caption: 'The first rows of the file',
    line: 'Line',
    asField: 'field',
    asAttribute: 'attribute',
    attributes: (names: string[]) =>
      `${plural(names.length, { one: 'This column is', other: 'These columns are' })} not known and becomes an attribute of each item: ${list(names)}.`,
    noRows: 'There are no rows below the first one.',
    broken: 'This row cannot be read and would be left out.',
    mode: 'Items that exist already',
    upsert: 'are changed',
    create: 'are left out, as errors',
    check: 'Only check',
    start: 'Import',
    cancel: 'Choose another file',
  },
  upload: {
    label: (name: string) => `Sending ${name}`,
    words: (sent: string, total: string) => `${sent} of ${total}`,
    received: 'Sent. The server looks at it.',
    cancel: 'Stop sending',
    away: 'The file did not arrive. Try again: it is imported once, also if the first attempt has arrived.',
  },
  progress: {
    queued: 'Waiting',
    running: 'Importing',
    checking: 'Checking',
    rows: (done: number, total: number | null) =>
      total === null ? plural(done, rows) : `${number(done)} of ${plural(total, rows)}`,
  },
  byAndWhen: (name: string, when: string) => `${name}, ${when}`,
  result: {
    done: 'Imported',
    checked: 'Checked, nothing was changed',
    failed: 'Not imported',
    allGood: 'Every row went in.',
    allWouldGo: 'Every row would go in.',
    leftOut: (failed: number) => `${plural(failed, rows)} left out. The others went in.`,
    wouldBeLeftOut: (failed: number) => `${plural(failed, rows)} would be left out.`,
    nothing: 'The file has no rows.',
    errors: (failed: number) =>
      plural(failed, { one: 'Download the errors of # row', other: 'Download the errors of # rows' }),
    now: 'Import it now',
    another: 'Import another file',
    items: 'To the items',
    counts: { created: 'New', updated: 'Changed', failed: 'Left out', rows: 'Rows' },
  },
  list: {
    title: 'Imports so far',
    empty: 'Nothing has been imported yet.',
    when: 'When',
    who: 'Who',
    state: 'State',
    created: 'New',
    updated: 'Changed',
    failed: 'Left out',
    errors: 'Errors',
    download: 'Download',
    more: 'Show earlier ones',
    states: { queued: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed' },
    check: 'Only checked',
    createOnly: 'Only new items',
  },
  leave: 'The file is still being sent. It is not imported if you leave now.',
};
