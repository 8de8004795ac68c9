import { FileError } from '../table.ts';
import { parseWhole, parseXml } from './parse-xml.ts';
import { textHandlers } from './rich-text.ts';
import { type Bytes, readEntry } from './zip-entries.ts';

/** All texts of a workbook are in memory while it is read. */
const MAX_CHARACTERS = 24 * 1024 ** 2;
const MAX_TEXTS = 1_000_000;

/** The texts that cells name by their number. @throws FileError */
export async function readSharedStrings(bytes: Bytes): Promise<string[]> {
  const texts: string[] = [];
  let characters = 0;
  const richText = textHandlers();
  const parsing = parseXml(
    readEntry(bytes, (name) => /^xl\/sharedStrings\.xml$/i.test(name)),
    'shared strings',
    {
      open: richText.open,
      text: richText.text,
      close: (name) => {
        richText.close(name);
        if (name !== 'si') return;
        const text = richText.take();
        characters += text.length;
        if (characters > MAX_CHARACTERS || texts.length === MAX_TEXTS)
        throw new FileError(`The workbook holds too much text: more than ${MAX_CHARACTERS} characters or ${MAX_TEXTS} different texts, at text ${texts.length + 1}. Save the sheet as CSV.`); // prettier-ignore
        texts.push(text);
      },
    },
  );
  await parseWhole(parsing);
  return texts;
}
