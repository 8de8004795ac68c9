import { ApiProperty } from '@nestjs/swagger';
import { isUUID, ValidateBy, ValidateIf } from 'class-validator';
import { combine, type Options, type ValueOf } from './fields.ts';

/** An item in a request: its id, or `{sku}`. */
export type ItemReference = string | { sku: string };
/** A location in a request: its id, or `{code}`. */
export type LocationReference = string | { code: string };

const uuid = { type: 'string', format: 'uuid' } as const;

/** How one kind of thing is named: by its id, or by its code. */
const referenceTo = (name: 'sku' | 'code', max: number) => ({
  schema: {
    oneOf: [
      uuid,
      {
        type: 'object',
        required: [name],
        additionalProperties: false,
        properties: { [name]: { type: 'string', minLength: 1, maxLength: max } },
      },
    ],
  },
  rule: `an id, or an object with nothing but ${name} (1 to ${max} characters)`,
  validate: (value: unknown): boolean => {
    if (typeof value === 'string') return isUUID(value);
    if (typeof value !== 'object' || value === null) return false;
    const text: unknown = (value as Record<string, unknown>)[name];
    return Object.keys(value).length === 1 && typeof text === 'string' && text.length >= 1 && text.length <= max;
  },
});
type Reference = ReturnType<typeof referenceTo>;

const item = referenceTo('sku', 64);
const location = referenceTo('code', 32);

const one = <const T, const O extends Options>({ schema, rule, validate }: Reference, { optional, ...text }: O) =>
  combine<ValueOf<T, O>>(
    ApiProperty({ ...schema, ...text, required: !optional }),
    ValidateIf((_, value) => !(optional && value === undefined)),
    ValidateBy({ name: 'reference', validator: { validate, defaultMessage: () => `$property must be ${rule}` } }),
  );

/** From 1 to `max` of them. */
const several = <const T, const O extends Options & { max: number }>(
  { schema, rule, validate }: Reference,
  { max, optional, ...text }: O,
) =>
  combine<ValueOf<T[], O>>(
    ApiProperty({
      type: 'array',
      items: schema,
      minItems: 1,
      maxItems: max,
      required: !optional,
      ...text,
    }),
    ValidateIf((_, value) => !(optional && value === undefined)),
    ValidateBy({
      name: 'references',
      validator: {
        validate: (value) => Array.isArray(value) && value.length >= 1 && value.length <= max && value.every(validate),
        defaultMessage: () => `$property must be a list of 1 to ${max}, each ${rule}`,
      },
    }),
  );

export const ItemRef = () => one<ItemReference, object>(item, { example: { sku: 'MUG-01' } });
export const LocationRef = (example = 'MAIN') =>
  one<LocationReference, object>(location, { example: { code: example } });
export const OptionalLocationRef = (options: { description: string }) =>
  one<LocationReference, { optional: true; description: string; example: unknown }>(location, {
    optional: true,
    example: { code: 'MAIN' },
    ...options,
  });
export const ItemRefs = <const O extends Options & { max: number }>(options: O) =>
  several<ItemReference, O>(item, { example: [{ sku: 'MUG-01' }], ...options });
export const LocationRefs = <const O extends Options & { max: number }>(options: O) =>
  several<LocationReference, O>(location, { example: [{ code: 'MAIN' }], ...options });

/** An item as other things name it. */
export class ItemName {
  @ApiProperty({ ...uuid })
  id!: string;

  @ApiProperty({ type: 'string', example: 'MUG-01' })
  sku!: string;

  @ApiProperty({ type: 'string', example: 'Mug, blue, 350 ml' })
  name!: string;
}

/** A location as other things name it. */
export class LocationName {
  @ApiProperty({ ...uuid })
  id!: string;

  @ApiProperty({ type: 'string', example: 'MAIN' })
  code!: string;
}

/** The actor of a change; the name stays when the person or the key is gone. */
export class Actor {
  @ApiProperty({ ...uuid })
  id!: string;

  @ApiProperty({ type: 'string', enum: ['user', 'api-key', 'system'], example: 'user' })
  kind!: 'user' | 'api-key' | 'system';

  @ApiProperty({ type: 'string', example: 'Sam' })
  name!: string;
}
