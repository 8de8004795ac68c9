import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problems } from '#contracts';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { problem, response } from '../../../test/support/responses.ts';
import { pick } from '../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('problem types', () => {
  it.each(Object.entries(problems))('explains %s to every caller', async (kind, { status, title, explanation }) => {
    expect(await api.anonymous.get(`/api/problems/${kind}`)).toEqual(
      response(
        200,
        { type: `/api/problems/${kind}`, status, title, explanation },
        { 'content-type': 'application/json; charset=utf-8' },
      ),
    );
  });

  it('leads from the type of a problem to its explanation', async () => {
    const { body } = await api.anonymous.get('/items');
    expect(pick((await api.anonymous.get(body.type as string)).body, 'type', 'status')).toEqual({
      type: body.type,
      status: 401,
    });
  });

  it.each(['no-such-kind', 'toString', '__proto__'])('does not know %s', async (kind) => {
    expect(await api.anonymous.get(`/api/problems/${kind}`)).toEqual(
      problem('not-found', { detail: `There is no problem type ${kind}.` }),
    );
  });
});
