import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  NotEquals,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ConvertedFrom } from './query.ts';
import { isTime, TIME_RULE } from './time.ts';

/** Field decorators: each declares a field once, for validation and for the OpenAPI document alike. */
interface Options {
  /** May be absent. Default: false. */
  optional?: boolean;
  /** May be null. Default: false. */
  nullable?: boolean;
  description?: string;
  example?: unknown;
}

function field(schema: ApiPropertyOptions, checks: PropertyDecorator[], { optional, nullable, ...text }: Options) {
  return applyDecorators(
    ApiProperty({ ...schema, ...text, required: !optional, ...(nullable && { nullable }) } as ApiPropertyOptions),
    ValidateIf((_, value) => !(optional && value === undefined) && !(nullable && value === null)),
    ...checks,
  );
}

/** The largest quantity, in the item's unit. */
export const MAX_QUANTITY = 1_000_000_000;
/** The largest amount of money, in minor units: exact in a JavaScript number and in PostgreSQL's bigint. */
export const MAX_MONEY = 1_000_000_000_000;

/** No white space at the ends, no control characters. */
export const TRIMMED = /^(?!\s)[^\p{Cc}]*(?<!\s)$/u;
export const TRIMMED_RULE = 'must not begin or end with a space, nor hold control characters';

export interface TextLimits {
  /** Default: 0. */
  min?: number;
  max: number;
  /** `TRIMMED` holds. Default: false. */
  trimmed?: boolean;
}

/** Text of `min` to `max` UTF-16 code units; with `trimmed`, no white space at the ends and no control characters. */
export const Text = ({ min = 0, max, trimmed = false, ...rest }: Options & TextLimits) =>
  field(
    { type: 'string', minLength: min, maxLength: max },
    [IsString(), HasLength(min, max), ...(trimmed ? [Matches(TRIMMED, { message: `$property ${TRIMMED_RULE}` })] : [])],
    rest,
  );

export const Uuid = (options: Options = {}) => field({ type: 'string', format: 'uuid' }, [IsUUID()], options);

export const Email = (options: Options = {}) =>
  field({ type: 'string', format: 'email', maxLength: 254 }, [IsEmail(), Length(3, 254)], {
    example: 'sam@example.com',
    ...options,
  });

/** RFC 3339, as far as PostgreSQL takes it: see `isTime`. */
export const Time = (options: Options = {}) =>
  field({ type: 'string', format: 'date-time' }, [IsTime()], {
    example: '2026-11-23T09:30:00.000Z',
    ...options,
  });

export const Integer = ({ min, max, ...rest }: Options & { min: number; max: number }) =>
  field({ type: 'integer', minimum: min, maximum: max }, [IsInt(), Min(min), Max(max)], rest);

/** An integer number of the item's unit. */
export const Quantity = ({ min = 1, ...rest }: Options & { min?: number } = {}) =>
  Integer({ min, max: MAX_QUANTITY, example: 12, ...rest });

/** A signed change, never 0. */
export const Delta = (options: Options = {}) =>
  applyDecorators(Integer({ min: -MAX_QUANTITY, max: MAX_QUANTITY, example: -2, ...options }), NotEquals(0));

/** Minor units of the deployment's currency (cents). */
export const Money = (options: Options = {}) => Integer({ min: 0, max: MAX_MONEY, example: 450, ...options });

export const OneOf = <T extends string>(values: readonly T[], options: Options = {}) =>
  field({ type: 'string', enum: [...values] }, [IsIn(values)], options);

export const Flag = (options: Options = {}) => field({ type: 'boolean' }, [IsBoolean()], options);

// @nestjs/swagger knows a type that is to be asked for later by its being a function with the name `type`.

/** One nested object. */
export const Nested = (type: () => new () => object, options: Options = {}) =>
  field({ type: () => type() }, [IsPlainObject(), ValidateNested()], options);

/** A list of nested objects. */
export const ListOf = (
  type: () => new () => object,
  { min = 0, max, ...rest }: Options & { min?: number; max: number },
) =>
  field(
    { type: () => type(), isArray: true, minItems: min, maxItems: max },
    [IsArray(), ArrayMinSize(min), ArrayMaxSize(max), ValidateNested({ each: true })],
    rest,
  );

/** `true` or `false` in a query string. */
export const QueryFlag = (options: Options = {}) =>
  applyDecorators(
    ConvertedFrom((text) => (text === 'true' ? true : text === 'false' ? false : text)),
    Flag({ optional: true, ...options }),
  );

/** An integer in a query string. */
export const QueryInteger = (options: Options & { min: number; max: number }) =>
  applyDecorators(
    ConvertedFrom((text) => (typeof text === 'string' && /^-?\d{1,16}$/.test(text) ? Number(text) : text)),
    Integer({ optional: true, ...options }),
  );

/** Of an item's attributes: how many, and how long a key and a value may be. */
export const attributeLimits = { count: 50, key: 64, value: 1000 } as const;

/** Free text pairs: at most 50, keys of 1–64 and values of up to 1,000 characters. */
export const Attributes = (options: Options = {}) =>
  field(
    {
      type: 'object',
      additionalProperties: { type: 'string', maxLength: attributeLimits.value },
      maxProperties: attributeLimits.count,
    },
    [
      ValidateBy({
        name: 'attributes',
        validator: {
          validate: isAttributes,
          defaultMessage: () =>
            '$property must be an object of at most 50 texts: keys of 1 to 64 characters, values of up to 1,000',
        },
      }),
    ],
    { example: { colour: 'blue' }, ...options },
  );

function isAttributes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= attributeLimits.count &&
    entries.every(
      ([key, text]) =>
        key.length >= 1 &&
        key.length <= attributeLimits.key &&
        typeof text === 'string' &&
        text.length <= attributeLimits.value,
    )
  );
}

/** In UTF-16 code units, which are never fewer than the characters that PostgreSQL counts. */
function HasLength(min: number, max: number): PropertyDecorator {
  return ValidateBy({
    name: 'hasLength',
    validator: {
      validate: (value) => typeof value === 'string' && value.length >= min && value.length <= max,
      defaultMessage: () => `$property must have ${min} to ${max} characters`,
    },
  });
}

function IsTime(): PropertyDecorator {
  return ValidateBy({
    name: 'isTime',
    validator: { validate: isTime, defaultMessage: () => `$property ${TIME_RULE}` },
  });
}

function IsPlainObject(): PropertyDecorator {
  return ValidateBy({
    name: 'isPlainObject',
    validator: {
      validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      defaultMessage: () => '$property must be an object',
    },
  });
}
