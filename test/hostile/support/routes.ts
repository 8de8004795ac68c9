/** A route of the OpenAPI document. */
export interface Route {
  method: string;
  /** With placeholders. */
  template: string;
  /** With an id of nothing that exists in the place of each placeholder. */
  path: string;
  isPublic: boolean;
  /** Of JSON bodies. */
  examples: Record<string, unknown>[];
}

const NO_ID = '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4';

interface Operation {
  'x-role': string;
  requestBody?: { content: Record<string, { examples?: Record<string, { value: Record<string, unknown> }> }> };
}

export function routesOf(document: unknown): Route[] {
  const { paths } = document as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      template,
      path: template.replace('{kind}', 'not-found').replace(/\{\w+\}/, NO_ID),
      isPublic: operation['x-role'] === 'public',
      examples: Object.values(operation.requestBody?.content['application/json']?.examples ?? {}).map(
        ({ value }) => value,
      ),
    })),
  );
}
