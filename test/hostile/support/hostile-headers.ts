import type { HostileRequest } from './faults.ts';

type NamedHeaders = [name: string, headers: NonNullable<HostileRequest['headers']>];

/** As long as one field may be: a client may send 16 KiB of header. */
const LONG = 14_000;
/** Header values are bytes: these are the UTF-8 of a letter that is no Latin one. */
const BYTES_ABOVE_ASCII = '\u00d0\u00b6';

const odd = [
  '', ' ', '"', ',', ',,,,', ';', '*', '*/*', '"1"', 'W/"1"', '""', '"1', '\\', '{}', '__proto__', 'constructor', 'null', '-1', '1e309',
  '99999999999999999999', '%00', '%0d%0aX-A: b', "'; DROP TABLE item; --", '../..', BYTES_ABOVE_ASCII, '\t', 'a, b; c="d', '<script>alert(1)</script>',
]; // prettier-ignore

/** Fields for which a request may be refused before anything else is looked at, against their own grammar. */
const deciding: Record<string, string[]> = {
  'idempotency-key': ['a b', 'x'.repeat(256), '\u00ff', '"quoted"'],
  authorization: ['Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', `Bearer ${'a.b.c'.repeat(300)}`, 'Bearer e30.e30.', 'Bearer eyJhbGciOiJub25lIn0.e30.', 'bearer \u00ff', 'Bearer sk_', 'Digest a="b"'],
  'content-type': ['application/json; charset=utf-16', 'application/json;charset="', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=a', 'text/csv', 'a/b/c', 'application/*', 'application/json, text/csv'],
  'content-encoding': ['gzip', 'br, gzip', 'identity, identity'],
  host: ['evil.example', 'a'.repeat(5_000), 'evil.example:99999'],
}; // prettier-ignore

/** The others, which no route refuses a request for by itself, or only after those. */
const further: Record<string, string[]> = {
  'if-match': ['"1", '.repeat(1_500), '"1.', '"99999999999999999999"', 'W/"1", *', '"\u00ff"'],
  'if-none-match': ['W/"1", '.repeat(1_500), '*, *'],
  'x-request-id': ['a'.repeat(129), 'short', '-begins-with-a-hyphen', 'has spaces in it'],
  accept: ['text/csv', 'application/xml;q=1', 'a/b;q=2', 'application/json;'.repeat(600), 'image/*'],
  'accept-encoding': ['gzip;q=0, identity;q=0', 'br, '.repeat(2_000)],
  'content-language': ['x'.repeat(1_000)],
  cookie: ['a=b; '.repeat(2_000), 'stockroom-access=; stockroom-refresh=\u00ff'],
  forwarded: ['for=6.6.6.6;host=evil.example'],
  from: ['a@example.com'],
  origin: ['null', 'https://evil.example'],
  range: ['bytes=0-0', 'bytes=-1', 'bytes=5-1', `bytes=${'0-1,'.repeat(2_000)}`],
  'if-modified-since': ['Thu, 99 Foo 0000 99:99:99 GMT'],
  traceparent: ['00-0-0-0', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-00`, `ff-${'a'.repeat(32)}-${'a'.repeat(16)}-01`],
  tracestate: ['a=b,'.repeat(1_000)],
  'x-forwarded-for': ['6.6.6.6', 'unknown', '6.6.6.6, '.repeat(1_500), '[::1]:80', '::ffff:0:0%eth0', '_hidden'],
  'x-forwarded-host': ['evil.example', 'a/b?c', '\u00ff'],
  'x-forwarded-proto': ['gopher', 'https, http'],
  'x-http-method-override': ['DELETE'],
  'x-original-url': ['/health'],
}; // prettier-ignore

const fieldsOf = (fields: Record<string, string[]>) => Object.keys(fields);
const longest = Math.max(...Object.values(further).map(({ length }) => length));

/** Header fields that a client may make odd: each long, repeated and against its own grammar, the further ones together. */
export const hostileHeaders: NamedHeaders[] = [
  ...Object.entries(deciding).flatMap(([field, own]) =>
    [...odd.slice(0, 8), ...own].map((value): NamedHeaders => [`${field}: ${value.slice(0, 40)}`, { [field]: value }]),
  ),
  ...odd.map((value): NamedHeaders => [
    `${value} in every further field`,
    Object.fromEntries(fieldsOf(further).map((field) => [field, value])),
  ]),
  // Long ones do not fit into one header together.
  ...Array.from({ length: longest }, (_, n) => n).map((n): NamedHeaders => [
    `every further field against its grammar, ${n}`,
    Object.fromEntries(
      Object.entries(further).flatMap(([field, own]) => {
        const value = own[n];
        return value === undefined || value.length > 500 ? [] : [[field, value]];
      }),
    ),
  ]),
  ...Object.entries(further).flatMap(([field, own]) =>
    own
      .filter((value) => value.length > 500)
      .map((value): NamedHeaders => [`${field}: ${value.slice(0, 40)}`, { [field]: value }]),
  ),
  ...[...fieldsOf(deciding), ...fieldsOf(further)]
    .filter((field) => field !== 'host')
    .map((field): NamedHeaders => [`a long ${field}`, { [field]: 'x'.repeat(LONG) }]),
  ['fields that are repeated', Object.fromEntries(fieldsOf(further).map((field) => [field, ['one', 'two', 'three']]))],
  ['an Idempotency-Key that is repeated', { 'idempotency-key': ['one', 'two'] }],
  ['90 fields', Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`x-field-${n}`, 'a']))],
  [
    'fields named as members of every object',
    { __proto__x: 'a', constructor: 'a', tostring: 'a', hasownproperty: 'a' },
  ],
];
