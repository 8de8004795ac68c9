import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { FileError } from '../table.ts';

export interface XmlHandlers {
  /** @param name without its namespace's prefix */
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/** The longest text or tag: a cell has at most 32,767 characters. */
const MAX_NODE = 512 * 1024;
const PIECE = 64 * 1024;

/**
 * Feeds XML to handlers as it arrives. Entities other than XML's five are errors: nothing is expanded, no other file is read.
 * @param part what the XML is, for the error
 * @returns after each piece, so that the caller can hand on what the handlers gathered
 * @throws FileError
 */
export async function* parseXml(
  source: AsyncIterable<Uint8Array>,
  part: string,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser();
  let failure: Error | undefined;
  /** Bytes since the last whole text or tag. */
  let pending = 0;
  let isEmpty = true;
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  const at = () => (pending = 0);
  parser.on('error', (error) => (failure ??= error));
  parser.on('doctype', () => (failure ??= new Error('it has a document type')));
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => (at(), handlers.open?.(local(name), attributes)));
  parser.on('closetag', ({ name }: SaxesTagPlain) => (at(), handlers.close?.(local(name))));
  parser.on('text', (text) => (at(), handlers.text?.(text)));
  parser.on('cdata', (text) => (at(), handlers.text?.(text)));
  const check = () => {
    if (failure) throw new FileError(`The workbook cannot be read: ${part}, ${reasonOf(failure)}.`, { cause: failure });
    if (pending > MAX_NODE) throw new FileError(`The workbook cannot be read: ${part}, line ${parser.line}, column ${parser.column}: a value is longer than ${MAX_NODE} characters.`); // prettier-ignore
  };
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const decode = (piece?: Uint8Array) => {
    try {
      return utf8.decode(piece, { stream: piece !== undefined });
    } catch {
      throw new FileError(`The workbook cannot be read: ${part} is not UTF-8, from about line ${parser.line} on.`);
    }
  };
  for await (const piece of source) {
    isEmpty = false;
    for (let from = 0; from < piece.length; from += PIECE) {
      const bytes = piece.subarray(from, from + PIECE);
      pending += bytes.length;
      parser.write(decode(bytes));
      check();
    }
    yield;
  }
  if (isEmpty) return;
  parser.write(decode()).close();
  check();
  yield;
}

/** saxes begins its messages with line and column. */
const reasonOf = ({ message }: Error): string =>
  message.replace(/^(?:.*?:)?(\d+):(\d+): /, 'line $1, column $2: ').replace(/\.$/, '');

/** Parses to the end, for handlers that gather what there is themselves. @throws FileError */
export async function parseWhole(parsing: AsyncGenerator<void>): Promise<void> {
  while (!(await parsing.next()).done);
}
