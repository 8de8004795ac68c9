import fc from 'fast-check';

export interface FuzzRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Texts that have broken programs before. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme-composite', maxLength: 70 }),
  fc.constantFrom(
    '', ' ', '\u0000', '\ud800', '\udfff', '\u202e', '\ufeff', 'ﷺ'.repeat(50), '🧑‍🧑‍🧒‍🧒', 'İ'.repeat(40), 'ẞ', "'; DROP TABLE item; --",
    '%', '%00', '\\', '"', '{}', '[]', '__proto__', 'constructor', 'null', 'NaN', '-0', '1e400', '../../etc/passwd', '\r\nX-A: b',
    'x'.repeat(5_000), '9'.repeat(400), '2026-02-30T00:00:00Z', '275760-09-14T00:00:00Z', '+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z',
  ),
); // prettier-ignore
const hostileNumber = fc.constantFrom(
  0, -0, -1, 1, 0.5, 1e-7, 1e21, 1e308, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1_000_000_000, 1_000_000_001,
  1_000_000_000_000, 604_800, 604_801,
); // prettier-ignore
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.boolean(),
  fc.constantFrom<unknown>(null, [], {}, [[]], [null], { id: null }, { sku: 1 }, { sku: '\u0000' }, { code: {} }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
);

/** JSON texts that no serializer writes. */
const hostileJson = (good: string) =>
  fc.constantFrom(
    '', ' ', '{', '{"a":1,}', "{'a':1}", 'nul', '[1,2', '\u0000', '{"a":"\u0001"}', '{"\\ud800":1}', '01', '1e999', '{"__proto__":{}}',
    '['.repeat(100_000), '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000), `${good}${good}`, `[${good}]`, `"${'x'.repeat(100_000)}"`,
    good.replace('{', '{"sku":"a","sku":{},"type":"receipt","type":"count","lines":[],'), good.replaceAll(/:\d+/g, ':9007199254740993'),
    good.replaceAll(/:"[^"]*"/g, ':"\\u0000"'), good.replaceAll(/:"[^"]*"/g, ':"\\udc00"'), good.replaceAll(/:\d+/g, ':-1e-400'),
  ); // prettier-ignore

/** The example with some of its values, anywhere in it, made worse. */
const corrupted = (example: unknown): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(example) },
    {
      weight: 5,
      arbitrary: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })).chain((dice) => corrupt(example, dice)),
    },
    { weight: 1, arbitrary: hostileValue },
  );

function corrupt(value: unknown, dice: Iterator<number>): fc.Arbitrary<unknown> {
  const roll = dice.next().value as number;
  if (roll < 0.12) return hostileValue;
  if (Array.isArray(value)) {
    const all = fc.tuple(...value.map((member) => corrupt(member, dice)));
    return roll < 0.2 ? all.map((members) => Array.from({ length: 3 }, () => members).flat()) : all;
  }
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  const kept = Object.entries(value).filter(() => (dice.next().value as number) > 0.08);
  const members = fc.record(Object.fromEntries(kept.map(([key, member]) => [key, corrupt(member, dice)])));
  return roll > 0.92
    ? fc.tuple(members, hostileText, hostileValue).map(([all, key, extra]) => ({ ...all, [key]: extra }))
    : members;
}

const cursor = fc.oneof(
  hostileText,
  fc.jsonValue({ maxDepth: 2 }).map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
  fc
    .tuple(
      fc.constantFrom('sku', '-sku', 'name', 'code', 'createdAt', 'rank', 'email', '-createdAt', 'expiresAt'),
      fc.array(hostileValue, { maxLength: 2 }),
    )
    .map(([order, keys]) => Buffer.from(JSON.stringify([order, ...keys])).toString('base64url')),
);

function parameterValue({ name, schema }: any): fc.Arbitrary<string> {
  if (name === 'cursor') return cursor;
  const good: unknown[] = schema.enum ?? [
    schema.example ?? (schema.format === 'uuid' ? '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4' : 'true'),
  ];
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...good).map(String) },
    { weight: 1, arbitrary: fc.oneof(hostileText, hostileNumber.map(String)) },
  );
}

/** As a query would carry it; what no encoder can write, in bytes that are wrong. */
const encode = (text: string) => (text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80');

function queryOf(parameters: any[]): fc.Arbitrary<string> {
  const pairs = parameters.filter((parameter) => parameter.in === 'query');
  const pair = (parameter: any) => parameterValue(parameter).map((value) => `${parameter.name}=${encode(value)}`);
  if (pairs.length === 0) return fc.constantFrom('', '', '', '?x=1', '?%zz');
  return fc
    .array(fc.constantFrom(...pairs).chain(pair), { maxLength: 3 })
    .map((all) => (all.length > 0 ? `?${all.join('&')}` : ''));
}

const headerText = fc.string({ unit: 'grapheme-ascii', maxLength: 40 }).map((text) => text.trim());
const tags = fc.oneof(fc.constantFrom('*', '"1"', 'W/"1"', '"1.0.0"', '"1", "2"', '"', ',', '""'), headerText);
const headers = fc.record(
  {
    'if-match': tags,
    'if-none-match': tags,
    'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('a', 'b', 'x'.repeat(255)), headerText),
    'content-type': fc.constantFrom(
      undefined,
      undefined,
      undefined,
      'application/json',
      'application/json; charset=utf-16',
      'text/csv',
      'text/plain',
    ),
  },
  { requiredKeys: [] },
);

const csv = fc
  .array(fc.array(hostileText, { maxLength: 11 }), { maxLength: 5 })
  .map((rows) =>
    [
      'sku,name,description,barcode,category,unit,unitCost,reorderPoint,location,quantity',
      ...rows.map((row) => row.join(',')),
    ].join('\n'),
  );

function bodyOf(operation: any): fc.Arbitrary<{ type?: string; text?: string }> {
  const content = operation.requestBody?.content;
  if (!content) return fc.constant({});
  if (!content['application/json']) return csv.map((text) => ({ type: 'text/csv', text }));
  const examples: unknown[] = Object.values(content['application/json'].examples).map((example: any) => example.value);
  return fc
    .constantFrom(...examples)
    .chain((example) =>
      fc.oneof(
        { weight: 4, arbitrary: corrupted(example).map((value) => JSON.stringify(value)) },
        { weight: 1, arbitrary: hostileJson(JSON.stringify(example)) },
      ),
    )
    .map((text) => ({ type: 'application/json', text }));
}

/** A segment of a path: of a thing that is there, or none. */
const idOf = (ids: string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: hostileText.filter((text) => !/^\.{0,2}$/.test(text)).map(encode) },
  );

/** Requests to one route with nothing but one of its parameters in them. */
export function requestsWith(path: string, method: string, parameter: any, ids: string[]): fc.Arbitrary<FuzzRequest> {
  const place: 'path' | 'query' | 'header' = parameter.in;
  const values = { path: idOf(ids), header: fc.oneof(tags, headerText), query: parameterValue(parameter).map(encode) };
  return values[place].map((value) => {
    const id = place === 'path' ? value : ids[0]!;
    return {
      method: method.toUpperCase(),
      path: path.replace(/\{\w+\}/, id) + (place === 'query' ? `?${parameter.name}=${value}` : ''),
      headers: place === 'header' ? { [parameter.name]: value } : {},
      body: undefined,
    };
  });
}

/** Requests to one route, most of them wrong in one way or another. `ids` are those of things that are there. */
export function requestsTo(path: string, method: string, operation: any, ids: string[]): fc.Arbitrary<FuzzRequest> {
  const id = idOf(ids);
  return fc
    .record({ id, query: queryOf(operation.parameters), headers, body: bodyOf(operation) })
    .map(({ id: given, query, headers: random, body }) => ({
      method: method.toUpperCase(),
      path: path.replace(/\{\w+\}/, given) + query,
      headers: Object.fromEntries(
        Object.entries({ 'content-type': body.type, ...(random as Record<string, string | undefined>) })
          .map(([name, value]) => [name, value ?? (name === 'content-type' ? body.type : undefined)])
          .filter(([, value]) => value !== undefined),
      ) as Record<string, string>,
      body: body.text,
    }));
}
