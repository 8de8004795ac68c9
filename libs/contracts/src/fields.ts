import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
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
import { isTime, isTimeZone, TIME_RULE, TIME_ZONE_RULE } from './time.ts';
import { IsVisible } from './visible.ts';

/** Field decorators: each declares a field once, for validation and for the OpenAPI document alike. */
export interface Options {
  /** May be absent. Default: false. */
  optional?: boolean;
  /** May be null. Default: false. */
  nullable?: boolean;
  description?: string;
  example?: unknown;
}

/** Decorates a property whose TypeScript type is exactly `T`, so that a field's checks and its type cannot disagree. */
export type FieldDecorator<T> = <C extends object, K extends keyof C>(
  contract: C & ([C[K]] extends [T] ? ([T] extends [C[K]] ? unknown : { expectedType: T }) : { expectedType: T }),
  name: K,
) => void;

/** The type of a field that may be absent or null by its options. */
export type ValueOf<T, O extends Options> =
  T | (O extends { optional: true } ? undefined : never) | (O extends { nullable: true } ? null : never);

function field<T>(schema: ApiPropertyOptions, checks: PropertyDecorator[], { optional, nullable, ...text }: Options) {
  return combine<T>(
    ApiProperty({ ...schema, ...text, required: !optional, ...(nullable && { nullable }) } as ApiPropertyOptions),
    ValidateIf((_, value) => !(optional && value === undefined) && !(nullable && value === null)),
    ...checks,
  );
}

/** Several decorators as the one of a field of type `T`. */
export const combine = <T>(...decorators: ((contract: never, name: never) => void)[]): FieldDecorator<T> =>
  applyDecorators(...(decorators as PropertyDecorator[])) as FieldDecorator<T>;

/** The largest quantity, in the item's unit. */
export const MAX_QUANTITY = 1_000_000_000;
/** The largest amount of money, in minor units: exact in a JavaScript number and in PostgreSQL's bigint. */
export const MAX_MONEY = 1_000_000_000_000;

/** A visible character, no white space at the ends, no control characters. */
export const TRIMMED = /^(?!\s)(?!(?:\p{Cf}|\p{Default_Ignorable_Code_Point}|\p{Z}|\u2800)+$)[^\p{Cc}]*(?<!\s)$/u;
export const TRIMMED_RULE =
  'must hold a visible character, and must not begin or end with a space, nor hold control characters';

export interface TextLimits {
  /** Default: 0. */
  min?: number;
  max: number;
  /** `TRIMMED` holds. Default: false. */
  trimmed?: boolean;
  /** No invisible characters and no spaces but U+0020, as codes have to be. Default: false. */
  visible?: boolean;
}

/** Text of `min` to `max` UTF-16 code units; with `trimmed`, no white space at the ends and no control characters. */
export const Text = <const O extends Options & TextLimits>({
  min = 0,
  max,
  trimmed = false,
  visible = false,
  ...rest
}: O) =>
  field<ValueOf<string, O>>(
    { type: 'string', minLength: min, maxLength: max },
    [
      IsString(),
      HasLength(min, max),
      ...(trimmed ? [Matches(TRIMMED, { message: `$property ${TRIMMED_RULE}` })] : []),
      ...(visible ? [IsVisible()] : []),
    ],
    rest,
  );

/** A list of up to `max` codes, each as `Text` with `trimmed` and `visible` takes it. */
export const Codes = <const O extends Options & { max: number; length: number }>({ max, length, ...rest }: O) =>
  field<ValueOf<string[], O>>(
    { type: 'string', isArray: true, minItems: 0, maxItems: max, maxLength: length },
    [
      IsArray(),
      ArrayMaxSize(max),
      IsString({ each: true }),
      Length(1, length, { each: true }),
      Matches(TRIMMED, { each: true, message: `each value in $property ${TRIMMED_RULE}` }),
      IsVisible(),
    ],
    rest,
  );

export const Uuid = <const O extends Options>(options?: O) =>
  field<ValueOf<string, O>>({ type: 'string', format: 'uuid' }, [IsUUID()], { ...options });

export const Email = <const O extends Options>(options?: O) =>
  field<ValueOf<string, O>>({ type: 'string', format: 'email', maxLength: 254 }, [IsEmail(), Length(3, 254)], {
    example: 'sam@example.com',
    ...options,
  });

/** RFC 3339, as far as PostgreSQL accepts it: see `isTime`. */
export const Time = <const O extends Options>(options?: O) =>
  field<ValueOf<string, O>>({ type: 'string', format: 'date-time' }, [IsTime()], {
    example: '2026-11-23T09:30:00.000Z',
    ...options,
  });

/** An IANA time zone, as ICU and PostgreSQL both know it: see `isTimeZone`. */
export const TimeZone = <const O extends Options>(options?: O) =>
  field<ValueOf<string, O>>({ type: 'string', maxLength: 64 }, [IsTimeZone()], {
    example: 'Europe/Berlin',
    ...options,
  });

export const Integer = <const O extends Options & { min: number; max: number }>({ min, max, ...rest }: O) =>
  field<ValueOf<number, O>>({ type: 'integer', minimum: min, maximum: max }, [IsInt(), Min(min), Max(max)], rest);

/** An integer number of the item's unit. */
export const Quantity = <const O extends Options & { min?: number }>(options?: O): FieldDecorator<ValueOf<number, O>> =>
  Integer({ min: 1, max: MAX_QUANTITY, example: 12, ...options } as O & { min: number; max: number });

/** A signed change, never 0. */
export const Delta = <const O extends Options>(options?: O) =>
  combine<ValueOf<number, O>>(
    Integer({ min: -MAX_QUANTITY, max: MAX_QUANTITY, example: -2, ...options } as O & { min: number; max: number }),
    NotEquals(0),
  );

/** Minor units of the deployment's currency (cents). */
export const Money = <const O extends Options>(options?: O): FieldDecorator<ValueOf<number, O>> =>
  Integer({ min: 0, max: MAX_MONEY, example: 450, ...options } as O & { min: number; max: number });

export const OneOf = <const T extends string, const O extends Options>(values: readonly T[], options?: O) =>
  field<ValueOf<T, O>>({ type: 'string', enum: [...values] }, [IsIn(values)], { ...options });

export const Flag = <const O extends Options>(options?: O) =>
  field<ValueOf<boolean, O>>({ type: 'boolean' }, [IsBoolean({ message: '$property must be true or false' })], {
    ...options,
  });

// @nestjs/swagger knows a type that is to be asked for later by its being a function with the name `type`.

/** One nested object. */
export const Nested = <T extends object, const O extends Options>(type: () => new () => T, options?: O) =>
  field<ValueOf<T, O>>({ type: () => type() }, [IsPlainObject(), ValidateNested()], { ...options });

/** A list of nested objects. */
export const ListOf = <T extends object, const O extends Options & { min?: number; max: number }>(
  type: () => new () => T,
  { min = 0, max, ...rest }: O,
) =>
  field<ValueOf<T[], O>>(
    { type: () => type(), isArray: true, minItems: min, maxItems: max },
    [IsArray(), ArrayMinSize(min), ArrayMaxSize(max), ValidateNested({ each: true })],
    rest,
  );

/** A list of some of these texts, each once at most. */
export const SomeOf = <const T extends string, const O extends Options & { min?: number }>(
  values: readonly T[],
  { min = 0, ...rest }: O,
) =>
  field<ValueOf<T[], O>>(
    { type: 'string', enum: [...values], isArray: true, minItems: min, maxItems: values.length },
    [
      IsArray(),
      ArrayMinSize(min),
      ArrayMaxSize(values.length),
      ArrayUnique({ message: '$property must not name one twice' }),
      IsIn(values, { each: true }),
    ],
    rest,
  );

/** `true` or `false` in a query string. */
export const QueryFlag = (options?: Options) =>
  combine<boolean | undefined>(
    ConvertedFrom((text) => (text === 'true' ? true : text === 'false' ? false : text)),
    Flag({ ...options, optional: true }),
  );

/** An integer in a query string. The class gives its default. */
export const QueryInteger = (options: Options & { min: number; max: number }) =>
  combine<number>(
    ConvertedFrom((text) => (typeof text === 'string' && /^-?\d{1,16}$/.test(text) ? Number(text) : text)),
    Integer({ ...options, optional: true }),
  );

/** Whether every JavaScript object has a member of this name: code that looks for fields would find it. */
export const isReservedKey = (key: string): boolean => key in Object.prototype;

/** Of an item's attributes: how many, and how long a key and a value may be. */
export const attributeLimits = { count: 50, key: 64, value: 1000 } as const;

/** Free text pairs: at most 50, keys of 1–64 and values of up to 1,000 characters. */
export const Attributes = <const O extends Options>(options?: O) =>
  field<ValueOf<Record<string, string>, O>>(
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

function IsTimeZone(): PropertyDecorator {
  return ValidateBy({
    name: 'isTimeZone',
    validator: { validate: isTimeZone, defaultMessage: () => `$property ${TIME_ZONE_RULE}` },
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
