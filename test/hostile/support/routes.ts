import { PNG_PIXEL } from '../../support/images.ts';

/** A route of the OpenAPI document. */
export interface Route {
  method: string;
  /** With placeholders. */
  template: string;
  /** With an id of nothing that exists in the place of each placeholder. */
  path: string;
  isPublic: boolean;
  /** Its query parameters. */
  query: { name: string; isTime: boolean }[];
  /** What a request without a hostile body sends: the media type and what changes nothing. */
  body: { type: string; content: string | Buffer } | undefined;
  /** Of JSON bodies. */
  examples: Record<string, unknown>[];
}

const NO_ID = '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4';

interface Operation {
  'x-role': string;
  parameters: { name: string; in: string; schema: { format?: string } }[];
  requestBody?: { content: Record<string, { examples?: Record<string, { value: Record<string, unknown> }> }> };
}

export function routesOf(document: unknown): Route[] {
  const { paths } = document as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      template,
      path: template.replace('{kind}', 'not-found').replace(PLACEHOLDERS, NO_ID),
      isPublic: operation['x-role'] === 'public',
      query: operation.parameters
        .filter((parameter) => parameter.in === 'query')
        .map(({ name, schema }) => ({ name, isTime: schema.format === 'date-time' })),
      body: bodyOf(operation),
      examples: Object.values(operation.requestBody?.content['application/json']?.examples ?? {}).map(
        ({ value }) => value,
      ),
    })),
  );
}

export const PLACEHOLDER = /\{\w+\}/;
const PLACEHOLDERS = /\{\w+\}/g;

function bodyOf({ requestBody }: Operation): Route['body'] {
  if (!requestBody) return undefined;
  if (requestBody.content['application/json']) return { type: 'application/json', content: '{}' };
  if (requestBody.content['image/png']) return { type: 'image/png', content: PNG_PIXEL };
  return { type: 'text/csv', content: 'sku\n' };
}
