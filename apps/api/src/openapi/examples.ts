import type { OpenAPIObject } from '@nestjs/swagger';
import type { Examples, Schema, SchemaOrReference } from './types.ts';

const UUID = '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4';

/** An example of a whole, put together from the examples of its fields. */
export function exampleOf(document: OpenAPIObject, schema: SchemaOrReference): unknown {
  const found = resolve(document, schema);
  const [variant] = found.oneOf ?? found.anyOf ?? found.allOf ?? [];
  if ('example' in found) return found.example;
  if (variant) return exampleOf(document, variant);
  if (found.enum) return found.enum[0] as unknown;
  switch ([found.type].flat()[0] ?? 'string') {
    case 'object': {
      const fields = Object.entries(found.properties ?? {});
      return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(document, field)]));
    }
    case 'array':
      return [exampleOf(document, found.items!)];
    case 'integer':
    case 'number':
      return found.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return found.format === 'uuid' ? UUID : 'text'.padEnd(found.minLength ?? 0, '.');
  }
}

/** One example a variant, named after it; or one alone. */
export function examplesOf(document: OpenAPIObject, schema: SchemaOrReference): Examples {
  const variants = resolve(document, schema).oneOf ?? [schema];
  return Object.fromEntries(variants.map((variant) => [nameOf(variant), { value: exampleOf(document, variant) }]));
}

const nameOf = (schema: SchemaOrReference) => ('$ref' in schema ? componentOf(schema.$ref) : 'example');

/** `Item` of `#/components/schemas/Item`. */
const componentOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

function resolve(document: OpenAPIObject, schema: SchemaOrReference): Schema {
  if (!('$ref' in schema)) return schema;
  const target = document.components?.schemas?.[componentOf(schema.$ref)];
  if (!target) throw new Error(`${schema.$ref} is not in the document.`);
  return resolve(document, target);
}
