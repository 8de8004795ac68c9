import type { XmlHandlers } from './parse-xml.ts';

/** Gathers the text of `t` elements, in runs or not; how a word is pronounced (`rPh`) is not part of it. */
export function textHandlers(): Required<XmlHandlers> & { take(): string } {
  let text = '';
  let isText = false;
  let phonetic = 0;
  return {
    open: (name) => {
      if (name === 'rPh') phonetic++;
      else if (name === 't') isText = phonetic === 0;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      if (name === 'rPh') phonetic--;
      else if (name === 't') isText = false;
    },
    take: () => {
      const taken = unescaped(text);
      text = '';
      return taken;
    },
  };
}

/** ECMA-376 §22.9.2.19 (ST_Xstring): characters that XML cannot hold are written as _xHHHH_. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
