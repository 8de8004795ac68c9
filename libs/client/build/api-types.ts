import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

/** @returns the TypeScript types of an OpenAPI document, as `src/openapi.ts` holds them */
export async function apiTypes(document: unknown): Promise<string> {
  const types = await openapiTS(withoutExamples(document) as OpenAPI3);
  return `// Made from the API's OpenAPI document by \`npm run openapi\`.\n\n${astToString(types)}`;
}

const isFailure = (key: string): boolean => /^[45]\d\d$/.test(key);

/** Without examples, and without the failures, which are all of one form: only what the types need is worth a line. */
function withoutExamples(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutExamples);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => key !== 'example' && key !== 'examples' && !isFailure(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutExamples(value)]));
}
