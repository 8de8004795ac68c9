/** A part of an OpenAPI document, and of a JSON Schema made from it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  [keyword: string]: unknown;
}

interface Parameter {
  name: string;
  description?: string;
  schema: Schema;
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, { parameters: Parameter[] }>>;
  components: { schemas: Record<string, Schema> };
}

/** The bodies and the queries that tools take. */
const BODIES = ['CreateReceipt', 'CreateIssue', 'CreateTransfer', 'CreateCount', 'CreateReservation'];
const QUERIES = { ListItems: '/api/v1/items', ListLocations: '/api/v1/locations' };

const KEPT = ['description', 'format', 'enum', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'];

const mapValues = <V, R>(values: Record<string, V>, map: (value: V) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));

/**
 * What tools take, by contract, as JSON Schemas that language models and their clients understand: no `$ref` and no `oneOf`, which
 * some clients refuse a tool for; an item is its SKU, a location its code; what may be null may only be left out.
 */
export function inputSchemas({ paths, components }: OpenApiDocument): Record<string, Schema> {
  const { schemas } = components;

  const simplified = ({ $ref, oneOf, items, properties, required, type, ...rest }: Schema): Schema => {
    const kept = Object.fromEntries(Object.entries(rest).filter(([keyword]) => KEPT.includes(keyword)));
    if ($ref) return simplified({ ...schemas[$ref.split('/').at(-1)!], ...kept });
    if (oneOf) return { ...codeOf(oneOf), ...kept };
    return {
      type: Array.isArray(type) ? type[0]! : type!,
      ...kept,
      ...(items && { items: simplified(items) }),
      ...(properties && { properties: mapValues(properties, simplified), additionalProperties: false }),
      ...(required && { required }),
    };
  };

  /** An id, or an object with nothing but a SKU or a code: that text. */
  const codeOf = (references: Schema[]): Schema => {
    const { properties } = references.find((reference) => reference.properties)!;
    const [[name, schema]] = Object.entries(properties!) as [[string, Schema]];
    return { ...simplified(schema), description: name === 'sku' ? 'Its SKU.' : 'Its code.' };
  };

  const body = (name: string): Schema => {
    const { properties = {}, required } = schemas[name]!;
    // The tool stands for it.
    const isTaken = (field: string) => field !== 'type';
    const fields = Object.entries(properties).filter(([field]) => isTaken(field));
    return simplified({ type: 'object', properties: Object.fromEntries(fields), required: required?.filter(isTaken) });
  };

  const query = (path: string): Schema => {
    const { parameters } = paths[path]!.get!;
    const fields = parameters.map(({ name, description, schema }) => [name, { ...schema, description }] as const);
    return simplified({ type: 'object', properties: Object.fromEntries(fields) });
  };

  const { schema } = paths['/api/v1/movements']!.post!.parameters.find(({ name }) => name === 'Idempotency-Key')!;
  return {
    ...Object.fromEntries(BODIES.map((name) => [name, body(name)])),
    ...mapValues(QUERIES, query),
    IdempotencyKey: simplified(schema),
  };
}

/** @returns the text of `src/inputs.ts` */
export const inputsModule = (document: OpenApiDocument): string =>
  `// Made from the API's OpenAPI document by \`npm run openapi\`.\n\nexport const inputs = ${JSON.stringify(inputSchemas(document), null, 2)} as const;\n`;
