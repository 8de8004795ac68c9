import { describe, expect, it } from '@jest/globals';
import {
  ChunkReader,
  dateLine,
  HeadReader,
  headText,
  Malformed,
  Overflow,
  parseAnswerHead,
  parseRequestHead,
} from '../../src/http1/index.ts';
import { bufferOf } from './support/bytes.ts';

describe('a head', () => {
  const MOST = 100;
  const head = (length: number) => 'x'.repeat(length);

  /** Cut after each number of bytes around the limit, and not at all. */
  const read = (text: string, cut: number) => {
    const reader = new HeadReader(MOST);
    const end = reader.read(bufferOf(text.slice(0, cut)), 0);
    return end === -1 ? [reader.read(bufferOf(text.slice(cut)), 0) + cut, reader.text] : [end, reader.text];
  };

  it.each([1, 50, 99, 100, 101, 102, 103, 104, 110])(
    'of just as many bytes as it may have is read (cut at %d)',
    (cut) => {
      expect(read(`${head(MOST)}\r\n\r\nGET /`, cut)).toEqual([MOST + 4, head(MOST)]);
    },
  );

  it.each([1, 50, 99, 100, 101, 102, 103, 104, 110])('of one byte more is refused (cut at %d)', (cut) => {
    expect(() => read(`${head(MOST + 1)}\r\n\r\nGET /`, cut)).toThrow(Overflow);
  });

  it('has no fields where it is a first line only', () => {
    expect(parseRequestHead('GET / HTTP/1.0')).toEqual({ method: 'GET', target: '/', minor: 0, fields: [] });
    expect(parseAnswerHead('HTTP/1.1 200')).toEqual({ status: 200, text: '', minor: 1, fields: [] });
  });

  it.each(['X-A', 'X-A\r\nX-B: b', 'X-B: b\r\nX-A', ':', ' X-A: a', 'X-A : a', 'X-A: a\r\n b', 'X\xe9: a'])(
    'with a line that is no field is refused: %j',
    (lines) => {
      expect(() => parseRequestHead(`GET / HTTP/1.1\r\n${lines}`)).toThrow(Malformed);
      expect(() => parseAnswerHead(`HTTP/1.1 200 OK\r\n${lines}`)).toThrow(Malformed);
    },
  );
});

describe('a body in chunks', () => {
  const read = (text: string) => {
    let body = '';
    const reader = new ChunkReader();
    const end = reader.read(bufferOf(text), 0, (bytes) => (body += bytes.toString('latin1')));
    return { body, whole: reader.whole, left: text.slice(end) };
  };

  it('has a size of thirteen digits at most, leading zeros included', () => {
    expect(read('0000000000001\r\nx\r\n0\r\n\r\nrest')).toEqual({ body: 'x', whole: true, left: 'rest' });
    expect(() => read('00000000000001\r\nx\r\n0\r\n\r\n')).toThrow(Malformed);
    expect(read('fffffffffffff\r\nx')).toEqual({ body: 'x', whole: false, left: '' });
    expect(() => read('10000000000000\r\nx')).toThrow(Malformed);
  });

  it.each(['\r\n', ';a\r\n', 'g\r\n', '-1\r\n', '+1\r\n', '0x1\r\n', ' 1\r\n', '1 \r\n', '1\n', '1\r\r\n', '1_0\r\n'])(
    'has a size that is a number and nothing else: %j is refused',
    (line) => expect(() => read(`${line}x\r\n0\r\n\r\n`)).toThrow(Malformed),
  );

  it.each([';a', ';a=b', ';a="b c"', ';a="\\"";b', ';a=";"'])(
    'may have the extension %s, which is dropped',
    (extension) => {
      expect(read(`1${extension}\r\nx\r\n0${extension}\r\n\r\n`)).toEqual({ body: 'x', whole: true, left: '' });
    },
  );

  it.each([';', ';;a', ';=b', ';a=', ';a="b', ';a="b"c', '; a', ';a b', ';a=b=c', ';a\0', ';a\x7f', ';\xe9'])(
    'is refused with the extension %j',
    (extension) => expect(() => read(`1${extension}\r\nx\r\n0\r\n\r\n`)).toThrow(Malformed),
  );

  it('may have trailers, which are dropped, but none that says where a message ends', () => {
    expect(read('0\r\nX-Sum: 1\r\nHost: a\r\n\r\nrest')).toEqual({ body: '', whole: true, left: 'rest' });
    for (const trailer of [
      'Content-Length: 1',
      'transfer-encoding: chunked',
      'Connection: close',
      'X-A',
      ' X: a',
      'X-A: \0',
    ])
      expect(() => read(`0\r\n${trailer}\r\n\r\n`)).toThrow(Malformed);
  });

  it('may have 16 KiB of extensions and trailers together, not a byte more', () => {
    const text = (length: number) => {
      const trailer = 'X-Sum: 1';
      return `1;${'a'.repeat(length - 1 - trailer.length)}\r\nx\r\n0\r\n${trailer}\r\n\r\n`;
    };
    expect(read(text(16_384))).toEqual({ body: 'x', whole: true, left: '' });
    expect(() => read(text(16_385))).toThrow(Overflow);
  });
});

describe('what is written', () => {
  it('is refused where a value would end its own line, or has a letter that is no byte', () => {
    for (const value of ['a\r\nb: c', 'a\rb', 'a\nb', 'a\0b', 'a\x7f', 'caf\u0119', '\u010a', '\u{1f600}'])
      expect(() => headText('HTTP/1.1 200 OK', ['x-a', value])).toThrow(TypeError);
  });

  it('is a line for each field, latin1 and tabs included', () => {
    expect(headText('HTTP/1.1 200 OK', ['x-a', 'caf\xe9', 'X-B', '', 'x-a', 'a\tb'])).toBe(
      'HTTP/1.1 200 OK\r\nx-a: caf\xe9\r\nX-B: \r\nx-a: a\tb\r\n',
    );
  });

  it('is dated in the one form that RFC 9110 §5.6.7 allows, to the second', () => {
    const before = Math.floor(Date.now() / 1000);
    const [, date] = /^date: (\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT)\r\n$/.exec(dateLine())!;
    const second = Date.parse(date!) / 1000;
    expect(second).toBeGreaterThanOrEqual(before);
    expect(second).toBeLessThanOrEqual(Date.now() / 1000);
  });
});
