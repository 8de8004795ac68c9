import type { HeaderList } from './header-list.ts';

/** What a field's value may hold (RFC 9110 §5.5). A letter past latin1 would be cut to another byte on its way out. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The text of a head, without the empty line that ends it.
 * @param line its first line, without CR and LF
 * @throws TypeError where a value would end its own line
 */
export function headText(line: string, fields: Readonly<HeaderList>): string {
  let text = `${line}\r\n`;
  for (let i = 0; i < fields.length; i += 2) {
    const value = fields[i + 1]!;
    if (!VALUE.test(value)) throw new TypeError(`The value of ${fields[i]!} cannot be sent.`);
    text += `${fields[i]!}: ${value}\r\n`;
  }
  return text;
}

let dated = 0;
let dateText = '';

/** The time as `Date` has it, in whole seconds. */
export function dateLine(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== dated) {
    dated = second;
    dateText = `date: ${new Date(second * 1000).toUTCString()}\r\n`;
  }
  return dateText;
}
