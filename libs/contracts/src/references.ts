import { ApiProperty } from '@nestjs/swagger';
import { isUUID, ValidateBy } from 'class-validator';
import { combine, type FieldDecorator } from './fields.ts';

/** An item in a request: its id, or `{sku}`. */
export type ItemReference = string | { sku: string };
/** A location in a request: its id, or `{code}`. */
export type LocationReference = string | { code: string };

const uuid = { type: 'string', format: 'uuid' } as const;

function reference<T>(name: 'sku' | 'code', max: number, example: unknown): FieldDecorator<T> {
  const valid = (value: unknown): boolean => {
    if (typeof value === 'string') return isUUID(value);
    if (typeof value !== 'object' || value === null) return false;
    const text: unknown = (value as Record<string, unknown>)[name];
    return Object.keys(value).length === 1 && typeof text === 'string' && text.length >= 1 && text.length <= max;
  };
  return combine<T>(
    ApiProperty({
      oneOf: [
        uuid,
        {
          type: 'object',
          required: [name],
          additionalProperties: false,
          properties: { [name]: { type: 'string', minLength: 1, maxLength: max } },
        },
      ],
      example,
    }),
    ValidateBy({
      name: 'reference',
      validator: {
        validate: valid,
        defaultMessage: () => `$property must be an id, or an object with nothing but ${name} (1 to ${max} characters)`,
      },
    }),
  );
}

export const ItemRef = () => reference<ItemReference>('sku', 64, { sku: 'MUG-01' });
export const LocationRef = (example = 'MAIN') => reference<LocationReference>('code', 32, { code: example });

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
