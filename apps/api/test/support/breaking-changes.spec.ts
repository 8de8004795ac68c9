import { expect, it } from '@jest/globals';
import { breakingChanges, type OpenApi, type Schema } from './breaking-changes.ts';

/** A document with one route: a body that is sent, a parameter, and a body that is received. */
const document = ({ sent = {}, received = {}, parameter = {} }: Record<string, Schema>, required = false): OpenApi => ({
  paths: {
    '/items': {
      post: {
        parameters: [{ name: 'limit', in: 'query', required, schema: parameter }],
        requestBody: { content: { 'application/json': { schema: sent } } },
        responses: { 201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } } },
      },
    },
  },
  components: { schemas: { Item: received } },
});

const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
const text: Schema = { type: 'string' };

it.each<[string, OpenApi, OpenApi, string[]]>([
  ['a route that is gone', document({}), { paths: {} }, ['POST /items: removed']],
  [
    'a parameter that became required',
    document({}),
    document({}, true),
    ['POST /items: the query parameter "limit" became required'],
  ],
  [
    'a lower bound of a parameter',
    document({ parameter: { type: 'integer', maximum: 200 } }),
    document({ parameter: { type: 'integer', maximum: 100 } }),
    ['POST /items: query parameter "limit": maximum fell'],
  ],
  [
    'a field of a body that is no longer taken',
    document({ sent: object({ name: text, note: text }) }),
    document({ sent: object({ name: text }) }),
    ['POST /items: body.note: removed'],
  ],
  [
    'a field of a body that became required',
    document({ sent: object({ name: text }) }),
    document({ sent: object({ name: text }, ['name']) }),
    ['POST /items: body.name: became required'],
  ],
  [
    'a value that is no longer allowed',
    document({ sent: object({ role: { type: 'string', enum: ['admin', 'viewer'] } }) }),
    document({ sent: object({ role: { type: 'string', enum: ['admin'] } }) }),
    ['POST /items: body.role: fewer values are allowed'],
  ],
  [
    'null that is no longer taken',
    document({ sent: object({ note: { type: ['string', 'null'] } }) }),
    document({ sent: object({ note: text }) }),
    ['POST /items: body.note: the type changed to string'],
  ],
  [
    'a field of a response that is gone, may be missing, or may be null',
    document({ received: object({ id: text, name: text, note: text }, ['id', 'name', 'note']) }),
    document({ received: object({ name: text, note: { type: ['string', 'null'] } }, ['note']) }),
    [
      'POST /items: 201.id: removed',
      'POST /items: 201.name: may be missing',
      'POST /items: 201.note: the type changed to string or null',
    ],
  ],
])('finds %s', (_, before, after, changes) => {
  expect(breakingChanges(before, after)).toEqual(changes);
});

it('takes additions, wider bounds and narrower responses for no breaking change', () => {
  const before = document({
    sent: object({ name: text, role: { type: 'string', enum: ['admin'], maxLength: 10 } }, ['name']),
    received: object({ id: { type: ['string', 'null'] }, state: { type: 'string', enum: ['open'] } }),
    parameter: { type: 'integer', maximum: 100 },
  });
  const after = document({
    sent: object({ name: text, role: { type: 'string', enum: ['admin', 'viewer'], maxLength: 20 }, note: text }),
    received: object({ id: text, state: { type: 'string', enum: ['open', 'done'] }, further: text }, ['id']),
    parameter: { type: 'number', maximum: 200 },
  });
  expect(breakingChanges(before, after)).toEqual([]);
});

it('ends where a schema contains itself', () => {
  const tree: Schema = { type: 'object', properties: { child: { $ref: '#/components/schemas/Item' } } };
  const leaf: Schema = { type: 'object', properties: { child: { $ref: '#/components/schemas/Item' }, name: text } };
  expect(breakingChanges(document({ received: leaf }), document({ received: tree }))).toEqual([
    'POST /items: 201.name: removed',
  ]);
});
