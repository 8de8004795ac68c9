import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { MAX_PHOTO_BYTES } from '#contracts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { PNG_PIXEL } from '../../../../test/support/images.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  id = (await api.operator.post('/items', { sku: randomUUID(), name: 'Mug' })).body.id as string;
});

const WEBP = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
const GIF = Buffer.from('R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=', 'base64');

const versionOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');
const put = (bytes: Uint8Array | string, type = 'image/png', headers: Record<string, string> = {}) =>
  api.operator.send('PUT', `/items/${id}/photo`, bytes, { 'content-type': type, ...headers });

async function read(query = '', headers: Record<string, string> = {}) {
  const {
    status,
    headers: sent,
    ...body
  } = await fetch(`${api.url}/api/v1/items/${id}/photo${query}`, {
    headers: { authorization: `Bearer ${api.viewer.token}`, ...headers },
  });
  return { status, sent: Object.fromEntries(sent), body };
}

/** With other figures where a PNG says how wide and high it is. */
function sized(width: number, height: number): Buffer {
  const bytes = Buffer.from(PNG_PIXEL);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

describe('the photo of an item', () => {
  it('is given back to the byte as what its first bytes say it is, and is a change of its item', async () => {
    const { status, body } = await put(PNG_PIXEL, 'image/jpeg');
    expect([status, pick(body, 'photo', 'version')]).toEqual([200, { photo: versionOf(PNG_PIXEL), version: 2 }]);
    const photo = await fetch(`${api.url}/api/v1/items/${id}/photo`, {
      headers: { authorization: `Bearer ${api.viewer.token}` },
    });
    expect(Buffer.from(await photo.arrayBuffer())).toEqual(PNG_PIXEL);
    expect(
      pick(
        Object.fromEntries(photo.headers),
        'content-type',
        'content-length',
        'etag',
        'cache-control',
        'content-security-policy',
      ),
    ).toEqual({
      'content-type': 'image/png',
      'content-length': String(PNG_PIXEL.length),
      etag: `"${versionOf(PNG_PIXEL)}"`,
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const [entry] = (await api.admin.get(`/audit?subjectId=${id}&field=photo`)).body.items;
    expect(entry.changes).toEqual([{ field: 'photo', from: null, to: versionOf(PNG_PIXEL) }]);
    const { body: list } = await api.viewer.get(`/items?sku=${body.sku}`);
    expect(list.items[0].photo).toBe(versionOf(PNG_PIXEL));
  });

  it('may be kept for a year under its version, and is not sent again to who has it', async () => {
    await put(WEBP, 'image/webp');
    const current = `?version=${versionOf(WEBP)}`;
    expect((await read(current)).sent['cache-control']).toBe('private, max-age=31536000, immutable');
    expect((await read(`?version=${versionOf(PNG_PIXEL)}`)).sent['cache-control']).toBe('private, no-cache');
    const { status, sent } = await read('', { 'if-none-match': `"${versionOf(WEBP)}"` });
    expect([status, sent['content-type']]).toEqual([304, 'image/webp']);
  });

  it('is replaced and removed, each once, for the version that the caller has seen', async () => {
    const first = (await put(PNG_PIXEL)).body;
    expect((await put(PNG_PIXEL)).body.version).toBe(first.version);
    const stale = { 'if-match': '"1"' };
    expect(await put(WEBP, 'image/webp', stale)).toEqual(problem('precondition-failed'));
    expect((await put(WEBP, 'image/webp', { 'if-match': `"${first.version}"` })).body.photo).toBe(versionOf(WEBP));
    expect(await api.operator.delete(`/items/${id}/photo`, stale)).toEqual(problem('precondition-failed'));
    const remove = () => api.operator.delete(`/items/${id}/photo`);
    expect([await remove(), await remove()]).toEqual([response(204, ''), response(204, '')]);
    expect(pick((await api.viewer.get(`/items/${id}`)).body, 'photo', 'version')).toEqual({ photo: null, version: 4 });
    expect(await api.viewer.get(`/items/${id}/photo`)).toEqual(problem('not-found'));
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'image/png', problem('invalid-fields')],
    ['text', Buffer.from('<svg onload="alert(1)"/>'), 'image/png', problem('invalid-fields')],
    ['a GIF', GIF, 'image/png', problem('invalid-fields')],
    ['half a header', PNG_PIXEL.subarray(0, 20), 'image/png', problem('invalid-fields')],
    ['a WebP that breaks off', WEBP.subarray(0, 20), 'image/webp', problem('invalid-fields')],
    ['a JPEG without a frame', Buffer.from('ffd8ffe00004ffda', 'hex'), 'image/jpeg', problem('invalid-fields')],
    ['no width', sized(0, 1), 'image/png', problem('invalid-fields')],
    ['a width for which no browser has memory', sized(4_097, 1), 'image/png', problem('invalid-fields')],
    ['too many bytes', Buffer.concat([PNG_PIXEL, Buffer.alloc(MAX_PHOTO_BYTES)]), 'image/png', problem('too-large')],
    ['SVG', Buffer.from('<svg/>'), 'image/svg+xml', problem('unsupported-media-type')],
    ['JSON', Buffer.from('{}'), 'application/json', problem('unsupported-media-type')],
    ['CSV', Buffer.from('sku\n'), 'text/csv', problem('unsupported-media-type')],
  ])('refuses %s', async (_, bytes, type, refused) => {
    expect(await put(bytes, type)).toEqual(refused);
    expect((await api.viewer.get(`/items/${id}`)).body.photo).toBeNull();
  });

  it('is taken by its own route only, from operators, for an item that is not archived', async () => {
    const image = { 'content-type': 'image/png' };
    for (const path of ['/items', '/imports'])
      expect(await api.operator.post(path, PNG_PIXEL, image)).toEqual(problem('unsupported-media-type'));
    expect(await api.viewer.send('PUT', `/items/${id}/photo`, PNG_PIXEL, image)).toEqual(problem('forbidden'));
    expect(await api.operator.send('PUT', `/items/${randomUUID()}/photo`, PNG_PIXEL, image)).toEqual(
      problem('not-found'),
    );
    await api.operator.delete(`/items/${id}`);
    expect(await put(PNG_PIXEL)).toEqual(problem('conflict'));
  });
});
