import { gzipSync } from 'node:zlib';
import type { HostileRequest } from './faults.ts';

/** A little less than the largest body that a JSON route reads. */
const LIMIT = 1024 * 1024 - 1024;

type Body = Pick<HostileRequest, 'body' | 'headers'>;
type NamedBody = [name: string, body: Body];

const JSON_TYPE = { 'content-type': 'application/json' };
const json = (name: string, body: string | Uint8Array): NamedBody => [
  name,
  { body: Buffer.from(body), headers: JSON_TYPE },
];

/** As many parts as fit into the limit, with commas between them. */
function fill(start: string, part: (n: number) => string, end: string): string {
  const parts: string[] = [];
  for (let n = 0, length = start.length + end.length; ; n++) {
    const next = part(n);
    length += next.length + 1;
    if (length > LIMIT) return start + parts.join(',') + end;
    parts.push(next);
  }
}

/** The same for parts that are all alike. */
const repeatWithCommas = (start: string, part: string, end: string) => repeat(`${part},`, start, `${part}${end}`);

const repeat = (text: string, start: string, end: string) =>
  start + text.repeat(Math.floor((LIMIT - start.length - end.length) / text.length)) + end;

const many = (count: number, part: (n: number) => string) => Array.from({ length: count }, (_, n) => part(n)).join(',');

/** Bodies up to the limit that no contract takes, whatever the route. */
const anywhere: NamedBody[] = [
  json('80,000 unknown keys', fill('{', (n) => `"k${n}":1`, '}')),
  json('unknown keys, as many as are read', `{${many(9_900, (n) => `"k${n}":{}`)}}`),
  json('numeric keys', fill('{', (n) => `"${n * 7}":1`, '}')),
  json('one key, duplicated', repeatWithCommas('{', '"unknown":"a"', '}')),
  json('long unknown keys', fill('{', (n) => `"${'/~'.repeat(500)}${n}":1`, '}')),
  json('empty objects', repeatWithCommas('{"lines":[', '{}', ']}')),
  json('empty lists', repeatWithCommas('{"lines":[', '[]', ']}')),
  json('a list at the top', repeatWithCommas('[', '{}', ']')),
  json('deep objects', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`),
  json('deep lists', `{"lines":${'['.repeat(500_000)}${']'.repeat(500_000)}}`),
  json('deep lists that never end', '['.repeat(LIMIT)),
  json('one long text', repeat('x', '"', '"')),
  json('one long key', repeat('k', '{"', '":1}')),
  json('one long number', repeat('9', '{"quantity":', '}')),
  json('1e308', repeatWithCommas('{"lines":[', '1e308', ']}')),
  json('numbers past every number', repeatWithCommas('{"lines":[', '-1e999', ']}')),
  json('keys named __proto__', repeatWithCommas('{', '"__proto__":{"a":1}', '}')),
  json('keys named constructor', repeatWithCommas('{', '"constructor":{"prototype":{}}', '}')),
  json('lone surrogates', repeat(String.raw`\ud800`, '{"name":"', '"}')),
  json('escaped null bytes', repeat(String.raw`\u0000`, '{"name":"', '"}')),
  json('null bytes', Buffer.alloc(LIMIT)),
  json('bytes that are not UTF-8', Buffer.alloc(LIMIT, 0xff)),
  json('UTF-16', Buffer.from(fill('{', (n) => `"k${n}":1`, '}').slice(0, LIMIT / 2), 'utf16le')),
  json('white space', ' '.repeat(LIMIT)),
  json('a text that never ends', repeat('\\"', '"', '')),
  ...['application/json; charset=utf-16', 'application/json;charset="', 'text/plain', 'multipart/form-data', 'a/b/c', ';', 'application/x-www-form-urlencoded'].map(
    (type): NamedBody => [`the type ${type}`, { body: '{"a":1}', headers: { 'content-type': type } }],
  ),
  [
    'a compressed body',
    { body: gzipSync('{"a":"' + ' '.repeat(50_000_000) + '"}'), headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
  ],
]; // prettier-ignore

/** The example of a route with each of its members in turn made as large as the limit allows. */
function inflated(example: Record<string, unknown>): NamedBody[] {
  return Object.entries(example).flatMap(([name, value]) => {
    const others = Object.entries(example).filter(([other]) => other !== name);
    const before = `{${others.map(([key, other]) => `${JSON.stringify(key)}:${JSON.stringify(other)},`).join('')}"${name}":`;
    const element = JSON.stringify(Array.isArray(value) ? value[0] : value);
    const elements = (part: string) => repeatWithCommas(`${before}[`, part, ']}');
    return [
      json(`a long text in ${name}`, repeat('x@', `${before}"`, '"}')),
      json(`spaces in ${name}`, repeat(' ', `${before}"a`, '\\t"}')),
      json(`empty objects in ${name}`, elements('{}')),
      json(`empty objects in ${name}, as many as are read`, `${before}[${many(9_900, () => '{}')}]}`),
      json(`elements in ${name}`, elements(element)),
      json(`numbers in ${name}`, elements('1')),
      json(`499 bad elements in ${name}`, `${before}[${Array<string>(499).fill(BAD_ELEMENT).join(',')}]}`),
      json(
        `keys in ${name}`,
        fill(`${before}{`, (n) => `"k${n}":"v"`, '}}'),
      ),
    ];
  });
}

const BAD_ELEMENT = '{"a":1,"b":2,"item":{},"quantity":"x"}';

/** Hostile bodies for one route. */
export const hostileBodies = (examples: Record<string, unknown>[]): NamedBody[] => [
  ...anywhere,
  ...examples.flatMap(inflated),
];
