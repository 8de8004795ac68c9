import { Alert, Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { WriteError } from '../../components/write-error.tsx';
import { failedRowsQuery, type Import } from '../../imports/queries.ts';
import { type RerunOptions, useRerun } from '../../imports/rerun.ts';
import { moment } from '../../texts/format.ts';
import { importTexts } from '../../texts/imports.ts';
import { ErrorsLink } from './errors-link.tsx';
import { FailedRows } from './failed-rows.tsx';
import classes from './imports-page.module.css';
import { Counts } from './result.tsx';

const texts = importTexts.check;

interface CheckStepProps {
  job: Import;
  onChecked: (id: string) => void;
  onImported: (id: string) => void;
  back: () => void;
}

/** What the import would do, the rows that it would leave out, and the choice before anything is booked. */
export function CheckStep({ job, onChecked, onImported, back }: CheckStepProps) {
  const [corrections, setCorrections] = useState<Record<number, string[]>>({});
  const failed = useQuery({ ...failedRowsQuery(job.id), enabled: job.failed > 0 });
  const check = useRerun(job.id, ({ id }) => onChecked(id));
  const book = useRerun(job.id, ({ id }) => onImported(id));
  const changed = Object.entries(corrections).map(([line, cells]) => ({ line: Number(line), cells }));
  const recheck = (options: RerunOptions) => check.mutate({ dryRun: true, corrections: changed, ...options });
  const headings = job.reading?.columns.map(({ heading }) => heading) ?? [];
  return (
    <section className={classes.preview} aria-label={texts.title}>
      <h2 className={classes.strong}>{texts.title}</h2>
      <Counts job={job} />
      {job.sameFileAs && (
        <Alert color="yellow" variant="light" title={texts.sameFile} role="alert">
          {texts.sameFileText(job.sameFileAs.fileName ?? '', moment(job.sameFileAs.createdAt))}
        </Alert>
      )}
      <div className={classes.options}>
        <NativeSelect
          label={texts.stock}
          value={job.stock}
          data={texts.stockModes}
          onChange={(event) => recheck({ stock: event.currentTarget.value as Import['stock'] })}
        />
        <NativeSelect
          label={texts.mode}
          value={job.mode}
          data={texts.modes}
          onChange={(event) => recheck({ mode: event.currentTarget.value as Import['mode'] })}
        />
      </div>
      {job.stockSkipped > 0 && <p className={classes.note}>{texts.stockSkipped(job.stockSkipped)}</p>}
      {failed.data && job.failed > 0 && (
        <FailedRows
          headings={headings}
          rows={failed.data.items}
          total={job.failed}
          corrections={corrections}
          setCorrections={setCorrections}
          recheck={() => recheck({})}
        />
      )}
      <WriteError error={check.error ?? book.error} />
      <div className={classes.buttons}>
        {changed.length > 0 ? (
          <Button loading={check.isPending} onClick={() => recheck({})}>
            {texts.recheck(changed.length)}
          </Button>
        ) : (
          <Button
            loading={book.isPending || check.isPending}
            disabled={job.created + job.updated === 0}
            onClick={() => book.mutate({ dryRun: false, again: job.sameFileAs !== null })}
          >
            {job.sameFileAs ? texts.bookAgain : texts.book(job.created + job.updated)}
          </Button>
        )}
        <Button variant="default" onClick={back}>
          {texts.back}
        </Button>
        {(job.failed > 0 || job.stockSkipped > 0) && <ErrorsLink job={job} isButton />}
      </div>
    </section>
  );
}
