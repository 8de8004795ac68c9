import fc from 'fast-check';

const TOKEN_CHARACTERS = [..."abzAZ09!#$%&'*+.^_`|~-"];
const VALUE_CHARACTERS = [...'aZ09 \t:;,="\\/()<>@[]?{}~\x80\xa0\xff'];
const token = fc.string({ unit: fc.constantFrom(...TOKEN_CHARACTERS), minLength: 1, maxLength: 8 });
const value = fc.string({ unit: fc.constantFrom(...VALUE_CHARACTERS), maxLength: 12 });
const blank = fc.constantFrom('', ' ', '  ', '\t', ' \t');

/** Fields by which one reader finds an end, or a name, where another one finds none. */
const SHAPES = [
  ...['Content-Length: 5', 'Content-Length: 0', 'Content-Length: 05', 'Content-Length:5', 'content-length:\t5 '],
  ...['Content-Length: +5', 'Content-Length: -5', 'Content-Length: 5, 5', 'Content-Length: 0x5', 'Content-Length: 5 5'],
  ...['Content-Length:', 'Content-Length: 1e1', 'Content-Length: 99999999999999999999', 'Content-Length : 5'],
  ...['Transfer-Encoding: chunked', 'transfer-encoding: Chunked', 'Transfer-Encoding:chunked', 'Transfer-Encoding:'],
  ...['Transfer-Encoding: chunked, chunked', 'Transfer-Encoding: gzip, chunked', 'Transfer-Encoding: chunked, gzip'],
  ...['Transfer-Encoding: identity', 'Transfer-Encoding: xchunked', 'Transfer-Encoding: chunked;q=1'],
  ...['Transfer-Encoding : chunked', 'Transfer-Encoding:\x0bchunked', 'Transfer-Encoding: ,chunked'],
  ...['Transfer-Encoding: "chunked"', 'Transfer-Encoding\0: chunked', '\tTransfer-Encoding: chunked', 'X-A: a\r\n b'],
  ...['X-A: a\nTransfer-Encoding: chunked', 'X-A: a\rTransfer-Encoding: chunked', 'X-A: a\0b', 'X-A: a\x01b', ': a'],
  ...[
    'X-A',
    ' X-A: a',
    'X A: a',
    'X-A: \xe9',
    'X-\xe9: a',
    'X-A:',
    'X-A: ',
    'X-A: a ',
    'X-A:\ta\t',
    'X_A: a',
    '"X": a',
  ],
  ...['Connection: close', 'Connection: keep-alive', 'Connection: Transfer-Encoding', 'Connection: close, X-A'],
  ...['Upgrade: websocket', 'Expect: 100-continue', 'Expect: 200-ok'],
  ...['Host: a', 'Host: b\r\nHost: b', 'Host:', 'Trailer: X-Sum', 'TE: trailers', 'Keep-Alive: timeout=5'],
];

const plainField = fc.tuple(token, blank, value, blank).map((parts) => `X-${parts[0]}:${parts.slice(1).join('')}`);
const fields = fc.array(fc.oneof({ weight: 3, arbitrary: plainField }, fc.constantFrom(...SHAPES)), { maxLength: 4 });
/** Without what makes a message's end doubtful. */
const plainFields = fc.array(plainField, { maxLength: 4 });

const content = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ab\r\n\0:0\xff'), maxLength: 20 }),
  fc.constantFrom(
    'GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n',
    '0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  ),
);

const EXTENSIONS = [
  '',
  '',
  '',
  ';a',
  ';a=b',
  ';a="b c"',
  ';a="\\""',
  ';a;b=c',
  ';',
  '; a',
  ' ;a',
  ';a=',
  ';=a',
  ';a=b c',
];
const chunk = fc
  .tuple(content, fc.constantFrom(...EXTENSIONS), fc.constantFrom('', '0', '000'), fc.boolean())
  .filter(([text]) => text.length > 0)
  .map(([text, extension, zeros, isUpper]) => {
    const digits = text.length.toString(16);
    return `${zeros}${isUpper ? digits.toUpperCase() : digits}${extension}\r\n${text}\r\n`;
  });
const trailers = fc.oneof(fc.constant([]), fields, plainFields);
const chunks = fc
  .tuple(fc.array(chunk, { maxLength: 3 }), fc.constantFrom(...EXTENSIONS), trailers)
  .map(
    ([list, extension, lines]) => `${list.join('')}0${extension}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`,
  );

/** The field that says where a body ends, and the body; now and then one that does not fit the other. */
const framed = fc.oneof(
  { weight: 3, arbitrary: fc.constant(['', '']) },
  { weight: 3, arbitrary: content.map((text) => [`Content-Length: ${text.length}\r\n`, text]) },
  { weight: 3, arbitrary: chunks.map((text) => ['Transfer-Encoding: chunked\r\n', text]) },
  fc.tuple(fc.constantFrom(...SHAPES), fc.oneof(content, chunks)).map(([line, text]) => [`${line}\r\n`, text]),
);

const message = (firstLine: fc.Arbitrary<string>, first: string): fc.Arbitrary<string> =>
  fc
    .tuple(firstLine, fc.oneof({ weight: 2, arbitrary: plainFields }, fields), framed)
    .map(
      ([line, list, [framing, body]]) =>
        [line, first, ...list].filter(Boolean).join('\r\n') + `\r\n${framing}\r\n${body}`,
    );

const METHODS = [
  'GET',
  'GET',
  'POST',
  'POST',
  'PUT',
  'HEAD',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'CONNECT',
  'GETS',
  'get',
];
const TARGETS = [
  '/',
  '/api/x',
  '/api/x?a=b&c',
  '/%41',
  '*',
  'http://shop/api/x',
  'shop:80',
  '/a b',
  '/\xff',
  '/a?b c',
  '//x',
];
const VERSIONS = [
  ...Array<string>(8).fill('HTTP/1.1'),
  'HTTP/1.0',
  'HTTP/1.2',
  'HTTP/2.0',
  'http/1.1',
  'HTTP/1.1 ',
  '',
];
const requestLine = fc
  .tuple(fc.constantFrom(...METHODS), fc.constantFrom(...TARGETS), fc.constantFrom(...VERSIONS))
  .map((words) => words.join(' '));
const plainRequestLine = fc
  .tuple(fc.constantFrom('GET', 'POST'), fc.constantFrom('/', '/api/x?y'))
  .map(([method, target]) => `${method} ${target} HTTP/1.1`);
const request = message(fc.oneof({ weight: 5, arbitrary: plainRequestLine }, requestLine), 'Host: shop');

/** A connection's requests, one after the other. */
export const requests = fc
  .tuple(
    fc.array(request, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '', '', '\r\n', '\r\n\r\n', '\n', '\r'),
  )
  .map(([list, before]) => before + list.join(''));

const STATUS_LINES = [
  '200 OK',
  '200 OK',
  '200 OK',
  '200',
  '200 ',
  '204 No',
  '304 Not',
  '404 N F',
  '500 \xe9',
  '999 X',
  '600 X',
];
const ODD_STATUS_LINES = [
  '100 Continue',
  '103 Hints',
  '101 Switch',
  '20 OK',
  '2000 OK',
  '200OK',
  'abc',
  '099 X',
  '+20 X',
];
const statusLine = fc
  .tuple(
    fc.constantFrom(...VERSIONS),
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...STATUS_LINES) }, fc.constantFrom(...ODD_STATUS_LINES)),
  )
  .map((words) => words.join(' '));
const plainStatusLine = fc.constantFrom(...STATUS_LINES).map((words) => `HTTP/1.1 ${words}`);
const answer = message(fc.oneof({ weight: 3, arbitrary: plainStatusLine }, statusLine), '');
const interim = fc.constantFrom(
  '',
  '',
  '',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 103 Hints\r\nLink: </a>\r\n\r\n',
  '\r\n',
);

/** What an upstream may send for one request. */
export const answers = fc
  .tuple(interim, answer, fc.oneof({ weight: 4, arbitrary: fc.constant('') }, answer))
  .map((parts) => parts.join(''));

export const chunkedBodies = fc.tuple(chunks, content).map((parts) => parts.join(''));
