import { Alert, Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import table from '../../components/table.module.css';
import { WriteError } from '../../components/write-error.tsx';
import { mappingOf, rememberedMapping, rememberMapping } from '../../imports/mapping.ts';
import type { Import } from '../../imports/queries.ts';
import { type RerunOptions, useRerun } from '../../imports/rerun.ts';
import { importTexts } from '../../texts/imports.ts';
import classes from './imports-page.module.css';

const texts = importTexts.match;

interface MatchStepProps {
  job: Import;
  onCheck: (id: string) => void;
  startOver: () => void;
}

type ReadOptions = Pick<RerunOptions, 'encoding' | 'delimiter' | 'decimal' | 'sheet'>;

/** How the file was read, and what each of its columns is for. */
export function MatchStep({ job, onCheck, startOver }: MatchStepProps) {
  const own = mappingOf(job);
  const [mapping, setMapping] = useState(() => rememberedMapping(own) ?? own);
  const [options, setOptions] = useState<ReadOptions>({});
  const rerun = useRerun(job.id, ({ id }) => onCheck(id));
  const isAsDone =
    job.state === 'done' && JSON.stringify(mapping) === JSON.stringify(own) && Object.keys(options).length === 0;
  const check = () => {
    rememberMapping(mapping);
    if (isAsDone) onCheck(job.id);
    // A file that is read otherwise may have other headings.
    else
      rerun.mutate({
        dryRun: true,
        ...options,
        ...(!options.delimiter && !options.sheet && !options.encoding && { mapping }),
      });
  };
  return (
    <form
      className={classes.preview}
      aria-label={texts.title}
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      {job.reason !== null && (
        <Alert color="yellow" variant="light" title={texts.question} role="alert">
          {job.reason}
        </Alert>
      )}
      <ReadingOptions job={job} options={options} setOptions={setOptions} />
      {job.reading && <Columns job={job} mapping={mapping} setMapping={setMapping} />}
      <WriteError error={rerun.error} />
      <div className={classes.buttons}>
        <Button type="submit" loading={rerun.isPending}>
          {texts.check}
        </Button>
        <Button variant="default" onClick={startOver}>
          {importTexts.another}
        </Button>
      </div>
    </form>
  );
}

function ReadingOptions({
  job,
  options,
  setOptions,
}: {
  job: Import;
  options: ReadOptions;
  setOptions: (options: ReadOptions) => void;
}) {
  const { reading, encoding } = job;
  const choose = <K extends keyof ReadOptions>(name: K) => ({
    onChange: (event: { currentTarget: { value: string } }) =>
      setOptions({ ...options, [name]: event.currentTarget.value as ReadOptions[K] }),
  });
  return (
    <div className={classes.options}>
      {encoding && (
        <NativeSelect
          label={texts.encoding}
          value={options.encoding ?? encoding}
          data={[...texts.encodings]}
          {...choose('encoding')}
        />
      )}
      {reading?.delimiter && (
        <NativeSelect
          label={texts.delimiter}
          value={options.delimiter ?? reading.delimiter}
          data={texts.delimiters}
          {...choose('delimiter')}
        />
      )}
      {reading && reading.sheets.length > 1 && (
        <NativeSelect
          label={texts.sheet}
          value={options.sheet ?? reading.sheet ?? ''}
          data={reading.sheets}
          {...choose('sheet')}
        />
      )}
      {reading && (
        <NativeSelect
          label={texts.decimal}
          value={options.decimal ?? reading.decimal ?? ''}
          data={
            reading.decimal
              ? texts.decimals
              : [{ value: '', label: texts.unknownDecimal, disabled: true }, ...texts.decimals]
          }
          {...choose('decimal')}
        />
      )}
    </div>
  );
}

interface ColumnsProps {
  job: Import;
  mapping: Record<string, string>;
  setMapping: (mapping: Record<string, string>) => void;
}

function Columns({ job, mapping, setMapping }: ColumnsProps) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={texts.columns}>
      <table className={`${table.table} ${classes.rows}`} aria-label={texts.columns}>
        <thead>
          <tr>
            <th>{texts.heading}</th>
            <th>{texts.target}</th>
            <th>{texts.samples}</th>
            <th>{texts.sure}</th>
          </tr>
        </thead>
        <tbody>
          {job
            .reading!.columns.filter(({ heading }) => heading !== '')
            .map(({ heading, target, samples, confidence, question }) => (
              <tr key={heading}>
                <th scope="row">{heading}</th>
                <td>
                  <NativeSelect
                    size="xs"
                    aria-label={texts.targetOf(heading)}
                    value={mapping[heading] ?? target}
                    data={texts.targets(heading, mapping[heading] ?? target)}
                    onChange={(event) => setMapping({ ...mapping, [heading]: event.currentTarget.value })}
                  />
                </td>
                <td className={table.quiet}>{samples.join(' · ')}</td>
                <td>{question === null ? texts.confidence(confidence) : texts.asks}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
