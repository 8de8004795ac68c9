import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problems } from '#contracts';
import { startApi, type TestApi } from '../../../test/support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('problem types', () => {
  it.each(Object.entries(problems))('explains %s to every caller', async (kind, { status, title, explanation }) => {
    expect(await api.anonymous.get(`/api/problems/${kind}`)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: { type: `/api/problems/${kind}`, status, title, explanation },
    });
  });

  it('leads from the type of a problem to its explanation', async () => {
    const { body } = await api.anonymous.get('/items');
    expect((await api.anonymous.get(body.type as string)).body).toMatchObject({ type: body.type, status: 401 });
  });

  it.each(['no-such-kind', 'toString', '__proto__'])('does not know %s', async (kind) => {
    expect(await api.anonymous.get(`/api/problems/${kind}`)).toMatchObject({
      status: 404,
      body: { type: '/api/problems/not-found', detail: `There is no problem type ${kind}.` },
    });
  });
});
