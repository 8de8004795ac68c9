import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { breakingChanges, type OpenApi } from './support/breaking-changes.ts';
import type { TestResponse } from '../../../test/support/client.ts';
import { pick } from '../../../test/support/pick.ts';
import { problem, response } from '../../../test/support/responses.ts';

interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: object[];
  'x-role'?: string;
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
  requestBody?: { content: Record<string, { examples?: Record<string, { value: unknown }> }> };
}

let api: TestApi;
let document: { paths: Record<string, Record<string, Operation>> };
beforeAll(async () => {
  api = await startApi();
  document = (await api.anonymous.get('/api/openapi.json')).body as typeof document;
});
afterAll(() => api.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect((await validator.validate(structuredClone(document))).valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('holds every route that is served below /api, and no other', () => {
    const served = servedRoutes().filter((route) => / \/api\/(?!docs|openapi)/.test(route));
    const documented = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(served.length).toBeGreaterThan(40);
    expect(documented.sort()).toEqual([...new Set(served)].sort());
  });

  it('breaks no client of the released document without an announcement in the changelog', () => {
    const released = JSON.parse(readFileSync('apps/api/test/released-openapi.json', 'utf8')) as OpenApi;
    const [, unreleased = ''] = readFileSync('CHANGELOG.md', 'utf8').split(/^## .*$/m);
    const announced = unreleased.split(/^### /m).filter((section) => /^(Changed|Removed)\n/.test(section));
    const isAnnounced = (change: string) =>
      announced.join('').includes(`\`${change.split(':')[0]!.replace('/api/v1', '')}\``);
    const changes = breakingChanges(released, document as unknown as OpenApi);
    expect(changes.filter((change) => !isAnnounced(change))).toEqual([]);
  });

  it('says of every route what it does, who may call it and what may go wrong', () => {
    for (const { path, method, operation } of operations()) {
      const open = operation['x-role'] === 'public';
      expect({ path, method, ...pick(operation, 'summary', 'tags', 'x-role', 'security') }).toEqual({
        path,
        method,
        summary: expect.stringMatching(/^[A-Z].{3,}$/) as unknown,
        tags: [expect.any(String)],
        'x-role': expect.stringMatching(/^(public|viewer|operator|admin)$/) as unknown,
        security: open ? [] : undefined,
      });
      const statuses = ['400', '429', '503', ...(open ? [] : ['401'])];
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(statuses));
    }
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index || !/^[a-z][A-Za-z]+$/.test(id))).toEqual([]);
  });

  it('gives an example of every body, and each one of a request is accepted', async () => {
    const refused: unknown[] = [];
    await api.operator.post('/locations', { code: 'SHOP', name: 'Shop' });
    for (const { path, method, operation } of inOrder()) {
      const json = operation.requestBody?.content['application/json'];
      if (!operation.requestBody || !json) continue;
      expect(Object.keys(json.examples!).length).toBeGreaterThan(0);
      for (const [name, { value }] of Object.entries(json.examples!)) {
        const client = operation['x-role'] === 'public' ? api.anonymous : api.admin;
        const reply: TestResponse = await client.send(method.toUpperCase(), path.replace('{id}', ID), value);
        // An unknown id, a wrong password or a name in use is not a fault of the example's form.
        const isWrongPassword = reply.body?.errors?.every?.(({ pointer }: any) => pointer === '/currentPassword');
        if (![200, 201, 401, 404, 409].includes(reply.status) && !isWrongPassword)
          refused.push({ path, method, name, body: reply.body });
      }
    }
    expect(refused).toEqual([]);
    for (const { operation } of operations())
      for (const { content } of Object.values(operation.responses))
        if (content?.['application/json']) expect(content['application/json'].example).toEqual(expect.any(Object));
  });

  /** Fastify prints its routes as a tree, each line what is added to the path of the line that it hangs on. */
  function servedRoutes(): string[] {
    const paths: string[] = [];
    return api.app
      .getHttpAdapter()
      .getInstance()
      .printRoutes({ commonPrefix: false })
      .split('\n')
      .flatMap((line) => {
        const [, indent = '', segment = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \((.*)\))?/.exec(line) ?? [];
        const depth = indent.length / 4;
        paths[depth] = (paths[depth - 1] ?? '') + segment;
        const names = methods.split(', ').filter((name) => name !== '' && name !== 'HEAD');
        return names.map((name) => `${name} ${paths[depth]!.replaceAll(/:(\w+)/g, '{$1}')}`);
      });
  }

  const ID = '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4';

  /** What others speak of is made first. */
  const inOrder = () =>
    operations().toSorted((a, b) => Number(!/items|locations/.test(a.path)) - Number(!/items|locations/.test(b.path)));
});

describe('the reader of the document', () => {
  it('loads its own files alone, runs no inline script or style, and cannot be framed', async () => {
    const { status, body, headers } = await api.anonymous.get('/api/docs');
    expect(status).toBe(200);
    const page = body as string;
    expect(page.match(/<script(?![^>]* src=)[^>]*>|<style| style=/g)).toBeNull();
    const files = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, file]) => file!);
    expect(files).toHaveLength(5);
    for (const file of files)
      expect(await api.anonymous.get(file)).toEqual(response(200, expect.any(String), PROTECTED));
    expect(pick(headers, 'content-security-policy', 'x-content-type-options')).toEqual(PROTECTED);
  });

  it('takes no parameter, which could name another document', async () => {
    for (const path of ['/api/docs', '/api/docs/init.js', '/api/docs/index.css', '/api/openapi.json'])
      expect(await api.anonymous.get(`${path}?url=https://example.com/openapi.json`)).toEqual(
        problem('invalid-parameters', { errors: [{ pointer: '/url', detail: 'is not a parameter of this route' }] }),
      );
  });

  it('has no other file of its package', async () => {
    for (const file of ['package.json', 'absolute-path.js', 'index.html', '', '..%2fpackage.json', 'LICENSE'])
      expect((await api.anonymous.get(`/api/docs/${file}`)).status).toBe(404);
  });
});

const PROTECTED = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};
