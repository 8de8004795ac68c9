import type { HeaderList } from './header-list.ts';
import { lowerCase } from './names.ts';

/** Fields by their names in lower case; the lines of one are joined, as RFC 9110 §5.3 allows. */
export type Fields = Record<string, string | undefined>;

export function fieldsOf(list: Readonly<HeaderList>): Fields {
  const fields = Object.create(null) as Fields;
  for (let i = 0; i < list.length; i += 2) {
    const name = lowerCase(list[i]!);
    const before = fields[name];
    // RFC 6265 §4.2.2: what stands in several lines of Cookie is one list with semicolons.
    fields[name] = before === undefined ? list[i + 1]! : before + (name === 'cookie' ? '; ' : ', ') + list[i + 1]!;
  }
  return fields;
}
