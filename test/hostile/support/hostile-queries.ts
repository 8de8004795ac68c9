type NamedQuery = [name: string, query: string];

const many = (count: number, part: (n: number) => string) => Array.from({ length: count }, (_, n) => part(n)).join('&');

/** A request line and its header have at most 18 KiB together. */
const LONG = 15_000;

/** Queries that no route takes. */
export const undeclaredQueries: NamedQuery[] = [
  ['an unknown parameter', 'colour=red'],
  ['an unknown parameter without a value', 'colour'],
  ['an empty name', '=1'],
  ['a parameter of another route', 'ttlSeconds=1'],
  ['3,000 unknown parameters', many(3_000, (n) => `k${n}`)],
  ['one unknown parameter, repeated 5,000 times', many(5_000, () => 'a=')],
  ['a long name', `${'k'.repeat(LONG)}=1`],
  ['a long unknown value', `colour=${'v'.repeat(LONG)}`],
  ['a long name of escaped characters', `${'%2f~'.repeat(LONG / 4)}=1`],
  ['__proto__', '__proto__=1'],
  ['__proto__ with brackets', '__proto__[limit]=1&__proto__%5Bsort%5D=sku'],
  ['constructor', 'constructor=1'],
  ['constructor with brackets', 'constructor[prototype][limit]=1'],
  ['prototype', 'prototype.limit=1'],
  ['toString', 'toString=1'],
  ['hasOwnProperty, repeated', 'hasOwnProperty=1&hasOwnProperty=2'],
  ['a nested filter', 'filter[sku][$ne]=a&filter[sku][$gt]='],
  ['a filter nested 1,000 levels', `filter${'[a]'.repeat(1_000)}=1`],
  ['a list in brackets', many(1_000, (n) => `filter[${n}]=a`)],
  ['invalid percent-encoding', 'colour=%zz'],
  ['percent-encoding that breaks off', 'colour=%e2%82'],
  ['a percent sign alone', '%'],
  ['bytes that are not UTF-8', 'colour=%ff%fe'],
  ['overlong UTF-8', 'colour=%c0%ae%c0%ae'],
  ['a null byte in a name', 'colour%00=1'],
  ['a null byte in a value', 'colour=%00'],
  ['a lone surrogate in a name', '%ED%A0%80=1'],
  ['a lone surrogate in a value', 'colour=%ED%B0%80'],
  ['a byte order mark', '%EF%BB%BFlimit=1'],
  ['white space around a name', '%20limit%20=1'],
  ['a question mark', '?limit=1'],
  ['a semicolon', 'limit=1;colour=red'],
  ['a line end', 'colour=%0d%0aSet-Cookie:%20a=b'],
  ['raw bytes above ASCII', 'colour=\u00ff\u00fe'],
];

const OFFSETS = ['Z', '+00:00', '-00:00', '%2B15:59', '-15:59', '%2B16:00', '-16:00', '%2B23:59', '-23:59', '%2B24:00', '%2B14:60', '-0000', ' 01:00', '']; // prettier-ignore
const TIMES = ['2026-01-01T00:00:00', '0000-01-01T00:00:00', '0001-01-01T00:00:00', '9999-12-31T23:59:59.999999999', '2026-02-29T00:00:00', '2026-02-30T00:00:00', '2026-13-01T00:00:00', '2026-06-30T23:59:60', '2026-01-01T24:00:00']; // prettier-ignore

const hostileTexts = [
  ...['', ' ', '0', '-0', '-1', '1.5', '1e3', '0x10', '9007199254740993', '1e309', '-1e309', 'NaN', 'Infinity', '٣', '１', '1_000'],
  ...['true', 'TRUE', 'null', 'undefined', '[]', '{}', '[object Object]', '{"__proto__":"sku"}', '{"a":{"b":1}}', '%22', '%5B'.repeat(500)],
  ...['%00', 'a%00b', '%ED%A0%80', '%zz', '%e2%82', '%ff', '%c0%af', '%EF%BF%BF', '%F4%8F%BF%BF', '%F4%90%80%80', '%E2%80%AE', '%EF%B7%BA'.repeat(300)],
  ...['__proto__', 'constructor', '-__proto__', '-constructor', 'toString', 'hasOwnProperty'],
  ...["'; DROP TABLE item; --", "' OR ''='", '\\', '%', '_', '%25%25%25', '%25'.repeat(1_000), '%5C'.repeat(1_000), '(((((', 'a:*', '!(a|b)&c', '"a b" -c', '<->', ':*:*'],
  ...['../../etc/passwd', '%0d%0a', '😀'.repeat(100), 'İ'.repeat(100), 'ẞ'.repeat(100), 'e\u0301'.repeat(500), '\u0301'.repeat(500)],
  ...['WyJza3UiLG51bGxd', 'WyJza3UiLCJcdTAwMDAiXQ', 'W10', 'bnVsbA', 'e30', 'WyJza3UiLFtbXV1d', 'WyJjcmVhdGVkQXQiLCJ4Il0', '%2B'.repeat(500)],
  ...['America/New_York', 'Etc/Unknown', '-infinity', 'infinity', 'now', 'epoch', '275760-09-13T00:00:00Z', '+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', '2026-W01-1', '99999999999999999999', '1767225600'],
]; // prettier-ignore
const hostileTimes = [
  ...TIMES.map((time) => `${time}Z`), ...OFFSETS.map((offset) => `2026-01-01T00:00:00${offset}`), ...OFFSETS.map((offset) => `9999-12-31T23:59:59${offset}`), ...OFFSETS.map((offset) => `0001-01-01T00:00:00${offset}`),
]; // prettier-ignore

/** What is percent-encoded already stays as it is. */
const encoded = (value: string): string =>
  /^[!-~]*$/.test(value) ? value.replaceAll(/[\s"<>\\^`{|}#]/g, encodeURIComponent) : encodeURIComponent(value);

/** Hostile values of one declared parameter, and the parameter in ways that none is sent. */
export const queriesWith = ({ name: parameter, isTime }: { name: string; isTime: boolean }): NamedQuery[] => [
  ...[...hostileTexts, ...(isTime ? hostileTimes : [])].map((value): NamedQuery => [
    `${parameter}=${value.slice(0, 40)}`,
    `${parameter}=${encoded(value)}`,
  ]),
  [`${parameter} twice`, `${parameter}=1&${parameter}=2`],
  [`${parameter} 2,000 times`, many(2_000, () => `${parameter}=`).slice(0, LONG)],
  [`${parameter}[]`, `${parameter}[]=1`],
  [`${parameter} of ${LONG} characters`, `${parameter}=${'x'.repeat(LONG)}`],
  [`${parameter} of ${LONG} digits`, `${parameter}=${'9'.repeat(LONG)}`],
  [`${parameter} of escaped characters`, `${parameter}=${'%C3%A9'.repeat(LONG / 6)}`],
  [`${parameter} of deep JSON`, `${parameter}=${'%7B%22a%22:'.repeat(LONG / 12)}`],
];
