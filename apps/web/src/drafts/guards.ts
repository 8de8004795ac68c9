import type { ItemName } from '../stock/item-picker.tsx';

/** Checks of what was stored: an older page, or a person, may have written something else there. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string';

export const isArrayOf = <T>(value: unknown, isOne: (one: unknown) => one is T): value is T[] =>
  Array.isArray(value) && value.every(isOne);

export const isOptional = (value: unknown, isOne: (one: unknown) => boolean): boolean =>
  value === undefined || isOne(value);

export const isItemName = (value: unknown): value is ItemName =>
  isRecord(value) && isText(value.id) && isText(value.sku) && isText(value.name);
