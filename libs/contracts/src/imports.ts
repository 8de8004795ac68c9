import { ApiProperty } from '@nestjs/swagger';
import { Flag, Integer, OneOf, QueryFlag, Text, Time, Uuid } from './fields.ts';
import { ListQuery } from './lists.ts';
import { Actor } from './references.ts';

/** `upsert`: a row whose SKU exists changes that item. `create`: such a row is an error. */
export const importModes = ['upsert', 'create'] as const;
export type ImportMode = (typeof importModes)[number];

export const importStates = ['queued', 'running', 'done', 'failed'] as const;
export type ImportState = (typeof importStates)[number];

/**
 * The columns of an import's file that mean something; any other one becomes an attribute. `attributes` holds a JSON
 * object of texts, as the export writes it. Only `sku` must be there.
 */
export const importColumns = [
  'sku', 'name', 'description', 'barcode', 'category', 'unit', 'unitCost', 'reorderPoint', 'attributes', 'location', 'quantity',
] as const; // prettier-ignore

export class CreateImport {
  @OneOf(importModes, { optional: true, description: 'Default: upsert. create: a SKU that exists is an error.' })
  mode: ImportMode = 'upsert';

  @QueryFlag({ description: 'true: check every row, change nothing.' })
  dryRun?: boolean;
}

export class ListImports extends ListQuery {
  @OneOf(importStates, { optional: true, description: 'Those in this state.' })
  state?: ImportState;
}

const Count = (description: string) => Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 1200, description });

export class Import {
  @Uuid()
  id!: string;

  @OneOf(importStates, { example: 'running' })
  state!: ImportState;

  @OneOf(importModes, { example: 'upsert' })
  mode!: ImportMode;

  @Flag({ example: false })
  dryRun!: boolean;

  @Integer({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    nullable: true,
    example: 5000,
    description: 'How many rows the file has, its header and empty lines aside. Null: not yet counted.',
  })
  rows!: number | null;

  @Count('How many rows are dealt with, bad ones included: created + updated + failed.')
  done!: number;

  @Count('Rows that made an item (with dryRun: that would).')
  created!: number;

  @Count('Rows whose item was there already.')
  updated!: number;

  @Count('Rows that were left out; GET …/errors says why.')
  failed!: number;

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
