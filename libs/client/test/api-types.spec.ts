import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { startApi } from '../../../test/support/api.ts';
import { apiTypes } from '../build/api-types.ts';

it('the types that programs and pages are written against are those of the API’s OpenAPI document (npm run openapi)', async () => {
  const api = await startApi();
  try {
    const { body } = await api.anonymous.get('/api/openapi.json');
    const file = new URL('../src/openapi.ts', import.meta.url);
    expect(await readFile(file, 'utf8')).toBe(await apiTypes(body));
  } finally {
    await api.close();
  }
});
