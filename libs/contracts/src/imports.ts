import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsString, ValidateBy } from 'class-validator';
import { Flag, Integer, isReservedKey, ListOf, OneOf, QueryFlag, Text, Time, Uuid } from './fields.ts';
import { ListQuery } from './lists.ts';
import { ConvertedFrom } from './query.ts';
import { Actor } from './references.ts';

/** `upsert`: a row whose SKU exists changes that item. `create`: such a row is an error. */
export const importModes = ['upsert', 'create'] as const;
export type ImportMode = (typeof importModes)[number];

/** What an import does with the column `quantity`. */
export const stockModes = ['opening', 'add', 'set', 'ignore'] as const;
export type StockMode = (typeof stockModes)[number];

export const importStates = ['queued', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone'] as const;
export type ImportState = (typeof importStates)[number];

export const importFormats = ['csv', 'xlsx'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** Labels of the WHATWG Encoding Standard. The first four are detected. */
export const importEncodings = [
  'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1250', 'windows-1251', 'windows-1253', 'windows-1254',
  'iso-8859-2', 'iso-8859-15', 'macintosh', 'shift_jis', 'gb18030', 'big5', 'euc-kr',
] as const; // prettier-ignore
export type ImportEncoding = (typeof importEncodings)[number];

export const importDelimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
export type ImportDelimiter = keyof typeof importDelimiters;

export const decimalSigns = ['point', 'comma'] as const;
export type DecimalSign = (typeof decimalSigns)[number];

/**
 * The columns of an import's file that fields are read from; any other one becomes an attribute. `attributes` holds a JSON
 * object of texts, as the export writes it, `moreBarcodes` the barcodes after the first, parted by `|`. Only `sku` must be there.
 */
export const importColumns = [
  'sku', 'name', 'description', 'barcode', 'moreBarcodes', 'category', 'unit', 'unitCost', 'reorderPoint', 'attributes', 'location', 'quantity',
] as const; // prettier-ignore
export type ImportColumn = (typeof importColumns)[number];

/** What a column of the file is for. */
export type MappingTarget = ImportColumn | 'ignore' | `attribute:${string}`;

export const importLimits = { columns: 1000, corrections: 500, cell: 8000, fileName: 200 } as const;

const MAPPING = `By heading, what each column is for: ${importColumns.join(', ')}, attribute:<name>, or ignore. Columns that are left out are matched automatically.`;

const IsMapping = () =>
  ValidateBy({
    name: 'isMapping',
    validator: {
      validate: isMapping,
      defaultMessage: () =>
        `$property must be a JSON object, by heading: ${importColumns.join(', ')}, attribute:<name> or ignore`,
    },
  });

function isMapping(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const targets = Object.values(value);
  return targets.length <= importLimits.columns && targets.every(isTarget);
}

const isTarget = (target: unknown): boolean =>
  typeof target === 'string' &&
  (target === 'ignore' ||
    (importColumns as readonly string[]).includes(target) ||
    (/^attribute:[^\0]{1,64}$/.test(target) && !isReservedKey(target.slice('attribute:'.length))));

const parsed = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text));
  } catch {
    return ''; // Not the text itself: it would be refused for its length, not for what is wrong with it.
  }
};

/** How a file is read, and what is done with it. */
class ImportOptions {
  @OneOf(importModes, { optional: true, description: 'Default: upsert. create: a SKU that exists is an error.' })
  mode?: ImportMode;

  @QueryFlag({ description: 'true: check every row, change nothing.' })
  dryRun?: boolean;

  @OneOf(stockModes, {
    optional: true,
    description:
      'What the column quantity does. opening (default): books a receipt where the item has no movement at the location yet; other rows say so. add: books a receipt. set: the level becomes the quantity. ignore: nothing.',
  })
  stock?: StockMode;

  @QueryFlag({ description: 'true: import the file although the same one (SHA-256) was imported before.' })
  again?: boolean;

  @OneOf(Object.keys(importDelimiters) as ImportDelimiter[], { optional: true, description: 'Default: detected.' })
  delimiter?: ImportDelimiter;

  @OneOf(decimalSigns, { optional: true, description: 'How numbers are written. Default: detected.' })
  decimal?: DecimalSign;

  @Text({ optional: true, min: 1, max: 100, description: 'Of a workbook, the sheet’s name. Default: the first one.' })
  sheet?: string;
}

export class CreateImport extends ImportOptions {
  @OneOf(importEncodings, { optional: true, description: 'Of a CSV file. Default: detected.' })
  encoding?: ImportEncoding;

  @Text({
    optional: true,
    min: 1,
    max: importLimits.fileName,
    trimmed: true,
    description: 'The file’s name, for the history.',
  })
  fileName?: string;

  @ConvertedFrom(parsed)
  @IsMapping()
  @ApiProperty({
    required: false,
    type: 'string',
    description: `A JSON object. ${MAPPING}`,
    example: '{"Bestand":"quantity"}',
  })
  mapping?: Record<string, MappingTarget>;
}

/** A row of the file, as it should have been. */
export class ImportCorrection {
  @Integer({ min: 1, max: Number.MAX_SAFE_INTEGER, example: 3, description: 'The line that the row begins on.' })
  line!: number;

  @ApiProperty({ type: 'string', isArray: true, maxItems: importLimits.columns, description: 'All its cells.' })
  @ArrayMaxSize(importLimits.columns)
  @IsString({ each: true })
  cells!: string[];
}

/** Reads the file of a dry run again, otherwise or for good. What is left out is as it was there. */
export class RerunImport extends ImportOptions {
  @ApiProperty({
    required: false,
    additionalProperties: { type: 'string' },
    description: MAPPING,
    ...({ type: 'object' } as object),
  })
  @IsMapping()
  mapping?: Record<string, MappingTarget>;

  @OneOf(importEncodings, { optional: true, description: 'Of a CSV file.' })
  encoding?: ImportEncoding;

  @ListOf(() => ImportCorrection, {
    max: importLimits.corrections,
    optional: true,
    description: 'Rows that replace those of the file that begin on the same lines. Earlier corrections stay.',
  })
  corrections?: ImportCorrection[];
}

export class ListImports extends ListQuery {
  @OneOf(importStates, { optional: true, description: 'Those in this state.' })
  state?: ImportState;

  @QueryFlag({ description: 'false: those that booked something. true: those that only checked.' })
  dryRun?: boolean;

  @Uuid({ optional: true, description: 'The one that booked this movement.' })
  movementId?: string;
}

/** Proposes what columns are for. */
export class ProposeMapping {
  @ConvertedFrom(parsed)
  @ValidateBy({
    name: 'headings',
    validator: {
      validate: (value) =>
        Array.isArray(value) &&
        value.length > 0 &&
        value.length <= importLimits.columns &&
        value.every((cell) => typeof cell === 'string' && cell.length <= 200),
      defaultMessage: () => '$property must be a JSON array of 1 to 1000 texts of up to 200 characters',
    },
  })
  @ApiProperty({
    type: 'string',
    description: 'The headings as a JSON array of texts.',
    example: '["Artikelnummer","Bestand"]',
  })
  headings!: string[];
}

export class ImportColumnInfo {
  @Text({ max: 200, example: 'Bestand' })
  heading!: string;

  @Text({ max: 80, example: 'quantity', description: 'A field, attribute:<name>, or ignore.' })
  target!: string;

  @ApiProperty({
    type: 'number',
    minimum: 0,
    maximum: 1,
    example: 0.9,
    description: 'How sure that is. 1: the heading is the field’s own name, or the mapping says so.',
  })
  confidence!: number;

  @ApiProperty({ type: 'string', isArray: true, maxItems: 3, example: ['12', '1.250'] })
  samples!: string[];

  @OneOf(decimalSigns, { nullable: true, description: 'Of a column of numbers. Null: its cells do not show it.' })
  decimal!: DecimalSign | null;

  @Text({ nullable: true, max: 500, description: 'What must be decided with mapping before anything is booked.' })
  question!: string | null;
}

export class MappingProposal {
  @ListOf(() => ImportColumnInfo, { max: importLimits.columns })
  columns!: ImportColumnInfo[];
}

/** How the file was read. */
export class ImportReading {
  @OneOf(Object.keys(importDelimiters) as ImportDelimiter[], { nullable: true })
  delimiter!: ImportDelimiter | null;

  @Text({ nullable: true, max: 100, description: 'The sheet that was read.' })
  sheet!: string | null;

  @ApiProperty({ type: 'string', isArray: true, description: 'All sheets of the workbook.' })
  sheets!: string[];

  @OneOf(decimalSigns, {
    nullable: true,
    description: 'The decimal sign of the file’s numbers. Null: its cells do not show it.',
  })
  decimal!: DecimalSign | null;

  @ListOf(() => ImportColumnInfo, { max: importLimits.columns })
  columns!: ImportColumnInfo[];
}

export class ImportReference {
  @Uuid()
  id!: string;

  @Text({ nullable: true, max: importLimits.fileName, example: 'stock.csv' })
  fileName!: string | null;

  @Time()
  createdAt!: string;
}

const Count = (description: string) => Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 1200, description });

export class Import {
  @Uuid()
  id!: string;

  @Text({ nullable: true, max: importLimits.fileName, example: 'stock.csv' })
  fileName!: string | null;

  @OneOf(importFormats, { example: 'csv' })
  format!: ImportFormat;

  @OneOf(importEncodings, { nullable: true, example: 'utf-8', description: 'Null: the file is a workbook.' })
  encoding!: ImportEncoding | null;

  @OneOf(importStates, { example: 'running' })
  state!: ImportState;

  @OneOf(importModes, { example: 'upsert' })
  mode!: ImportMode;

  @OneOf(stockModes, { example: 'opening' })
  stock!: StockMode;

  @Flag({ example: false })
  dryRun!: boolean;

  @ApiProperty({
    type: ImportReference,
    nullable: true,
    description: 'The last import of the same file that booked something.',
  })
  sameFileAs!: ImportReference | null;

  @Uuid({ nullable: true, description: 'The dry run whose file this is.' })
  rerunOf!: string | null;

  @ApiProperty({ type: ImportReading, nullable: true, description: 'How the file was read. Null: not read yet.' })
  reading!: ImportReading | null;

  @Integer({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    nullable: true,
    example: 5000,
    description: 'How many rows the file has, its header and empty rows aside. Null: not yet counted.',
  })
  rows!: number | null;

  @Count('How many rows are finished, bad ones included: created + updated + failed.')
  done!: number;

  @Count('Rows that made an item (with dryRun: that would).')
  created!: number;

  @Count('Rows whose item was there already.')
  updated!: number;

  @Count('Rows that were left out; GET …/errors says why.')
  failed!: number;

  @Count('Rows whose quantity was not booked; GET …/errors says why.')
  stockSkipped!: number;

  @Integer({
    min: -Number.MAX_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    example: 420,
    description: 'The sum of what was (with dryRun: would be) added to stock levels.',
  })
  stockDelta!: number;

  @Count('Items that an undo took back.')
  undone!: number;

  @Count('Items that an undo left unchanged because they were changed since; GET …/errors names them.')
  notUndone!: number;

  @Text({ nullable: true, max: 1000, example: null, description: 'Why the whole file failed.' })
  reason!: string | null;

  @ApiProperty({ type: Actor })
  createdBy!: Actor;

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  startedAt!: string | null;

  @Time({ nullable: true, example: null })
  finishedAt!: string | null;
}

export class ImportRowError {
  @Text({ max: 200, description: 'The heading. Empty: the row as a whole.' })
  column!: string;

  @Text({ max: 1000 })
  reason!: string;
}

/** A row that was left out. */
export class FailedRow {
  @Integer({ min: 1, max: Number.MAX_SAFE_INTEGER, example: 3 })
  line!: number;

  @ApiProperty({ type: 'string', isArray: true })
  cells!: string[];

  @ListOf(() => ImportRowError, { max: importLimits.columns })
  errors!: ImportRowError[];
}

export class ListFailedRows extends ListQuery {}
