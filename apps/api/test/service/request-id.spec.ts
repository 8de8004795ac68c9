import { request } from 'node:http';
import { afterEach, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';

const ID = 'chosen-by-the-sender';
const OWN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let api: TestApi;
afterEach(() => api.close());

/** Header fields as they are, also repeated ones and bytes beyond ASCII. @returns the id in the header and in the problem */
function idsOf(rawHeaders: string[]): Promise<[string, string]> {
  const { host, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const sent = request({ port, path: '/api/v1/items', headers: ['Host', host, ...rawHeaders] }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data: string) => (text += data));
      response.once('end', () =>
        resolve([String(response.headers['x-request-id']), (JSON.parse(text) as { requestId: string }).requestId]),
      );
    });
    sent.once('error', reject).end();
  });
}

it('ignores the id that a client chose where the trusted proxy is not known to replace it', async () => {
  api = await startApi(undefined, { trustedHops: 1 });
  const ids = await idsOf(['X-Request-Id', ID]);
  expect(ids[0]).toMatch(OWN);
  expect(ids[1]).toBe(ids[0]);
});

it('keeps an id that the trusted proxy sets, where it is one token that is safe in a header, a log line and a URL', async () => {
  api = await startApi(undefined, { trustedHops: 1, trustedHeaders: new Set(['x-request-id']) });
  for (const id of [ID, 'a'.repeat(8), 'a'.repeat(128), 'Root-1.2_3-4'])
    expect(await idsOf(['X-Request-Id', id])).toEqual([id, id]);
  const refused = [
    '',
    'a'.repeat(7),
    'a'.repeat(129),
    'a'.repeat(15_000),
    '-a-hyphen-first',
    'with spaces',
    'with\ttabs-in-it',
  ];
  refused.push(
    'caf\u00e9-caf\u00e9',
    '\u00ffaaaaaaaa',
    '"quoted-and-long"',
    '{"json":"object"}',
    '%0d%0aset-cookie',
    '../../../etc',
    '$(command)',
  );
  for (const id of refused) {
    const ids = await idsOf(['X-Request-Id', id]);
    expect([id, ids]).toEqual([id, [expect.stringMatching(OWN), ids[0]]]);
  }
  const [twice] = await idsOf(['X-Request-Id', ID, 'x-request-id', `${ID}-2`]);
  expect(twice).toMatch(OWN);
});
