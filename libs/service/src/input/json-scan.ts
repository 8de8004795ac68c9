const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\,[]{}');

/**
 * How many values a JSON text holds and how deep they are nested, before anything is made of them: to parse a mebibyte of
 * short keys or empty objects takes some 40 times as long. Of a text that is not JSON, the same up to where parsing it ends.
 */
export function measureJson(bytes: Buffer): { values: number; depth: number } {
  let values = 1;
  let depth = 0;
  let open = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfText(bytes, at);
    else if (byte === COMMA) values++;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      values++;
      depth = Math.max(depth, ++open);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) open--;
  }
  return { values, depth };
}

/** The first name that an object has twice, in a text that is JSON. */
export function findRepeatedName(bytes: Buffer): string | undefined {
  /** Of each open object the names so far; of a list nothing. */
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const end = endOfText(bytes, at);
      if (isName) {
        const name = unescaped(bytes.toString('utf8', at + 1, end));
        const names = open.at(-1)!;
        if (names.has(name)) return name;
        names.add(name);
      }
      isName = false;
      at = end;
    } else if (byte === COMMA) isName = open.at(-1) !== undefined;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      isName = byte === OPEN_OBJECT;
      open.push(isName ? new Set() : undefined);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) open.pop();
  }
  return undefined;
}

const unescaped = (text: string): string => (text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text);

function endOfText(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
