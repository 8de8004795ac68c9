import { NativeSelect } from '@mantine/core';
import type { Import } from '../../../imports/queries.ts';
import type { RerunOptions } from '../../../imports/rerun.ts';
import { importTexts } from '../../../texts/imports.ts';
import classes from '../imports-page.module.css';

const texts = importTexts.match;

interface ReadingOptionsProps {
  job: Import;
  isPending: boolean;
  readAgain: (options: RerunOptions) => void;
}

/** What was guessed about the file. A change reads it again at once, so that its columns show what came of it. */
export function ReadingOptions({ job: { reading, encoding }, isPending, readAgain }: ReadingOptionsProps) {
  const choice = <K extends 'encoding' | 'delimiter' | 'decimal' | 'sheet'>(name: K, value: string) => ({
    label: texts[name],
    value,
    disabled: isPending,
    onChange: (event: { currentTarget: { value: string } }) =>
      readAgain({ [name]: event.currentTarget.value as RerunOptions[K] }),
  });
  return (
    <div className={classes.options}>
      {encoding && <NativeSelect {...choice('encoding', encoding)} data={[...texts.encodings]} />}
      {reading?.delimiter && <NativeSelect {...choice('delimiter', reading.delimiter)} data={texts.delimiters} />}
      {reading && reading.sheets.length > 1 && (
        <NativeSelect {...choice('sheet', reading.sheet ?? '')} data={reading.sheets} />
      )}
      {reading && (
        <NativeSelect
          {...choice('decimal', reading.decimal ?? '')}
          data={
            reading.decimal
              ? texts.decimals
              : [{ value: '', label: texts.unknownDecimal, disabled: true }, ...texts.decimals]
          }
        />
      )}
    </div>
  );
}
