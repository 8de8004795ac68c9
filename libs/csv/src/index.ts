export { CsvReader, type CsvRow, MAX_RECORD } from './csv-reader.ts';
export { csvLine } from './csv-line.ts';
