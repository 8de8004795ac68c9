/** HTTP/1.1 as text, one byte a character, read by a second reader than the one under test. */
export interface Message {
  startLine: string;
  /** In order and spelling of the wire. */
  fields: [name: string, value: string][];
  body: string;
  trailers: string;
}

/** All values of a field. */
export const values = (fields: [string, string][], name: string): string[] =>
  fields.filter(([given]) => given.toLowerCase() === name.toLowerCase()).map(([, value]) => value);

export interface Head {
  startLine: string;
  fields: [string, string][];
  length: number;
}

/** The head at the beginning of `text`, or undefined where it is not whole. */
export function readHead(text: string): Head | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [startLine, ...lines] = text.slice(0, end).split('\r\n');
  const fields = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { startLine: startLine!, fields, length: end + 4 };
}

/**
 * The message at the beginning of `text`, or undefined where it is not whole.
 * @param bodiless a response that has no body whatever its fields say: HEAD, 1xx, 204, 304
 * @param untilClose whether a body without a length goes on until the connection's end (answers only)
 */
export function readMessage(
  text: string,
  { bodiless = false, untilClose = false, closed = false } = {},
): (Message & { length: number }) | undefined {
  const head = readHead(text);
  if (!head) return undefined;
  const { startLine, fields, length } = head;
  const rest = text.slice(length);
  const message = (body: string, used: number, trailers = '') => ({
    startLine,
    fields,
    body,
    trailers,
    length: length + used,
  });
  if (bodiless) return message('', 0);
  if (values(fields, 'transfer-encoding').length > 0) {
    const chunks = readChunks(rest);
    return chunks && message(chunks.body, chunks.length, chunks.trailers);
  }
  const [given] = values(fields, 'content-length');
  if (given === undefined && untilClose) return closed ? message(rest, rest.length) : undefined;
  const size = Number(given ?? 0);
  return rest.length < size ? undefined : message(rest.slice(0, size), size);
}

function readChunks(text: string): { body: string; trailers: string; length: number } | undefined {
  let body = '';
  let at = 0;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = parseInt(text.slice(at, lineEnd), 16);
    if (size === 0) {
      const end = text.startsWith('\r\n', lineEnd + 2) ? lineEnd + 2 : text.indexOf('\r\n\r\n', lineEnd + 2) + 2;
      if (end === 1 || !text.startsWith('\r\n', end)) return undefined;
      return { body, trailers: text.slice(lineEnd + 2, end), length: end + 2 };
    }
    if (text.length < lineEnd + 2 + size + 2) return undefined;
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}
