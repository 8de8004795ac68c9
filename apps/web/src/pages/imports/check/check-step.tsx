import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { WriteError } from '../../../components/write-error.tsx';
import { type Corrections, correctionsOf } from '../../../imports/corrections.ts';
import { failedRowsQuery, type Import } from '../../../imports/queries.ts';
import { type RerunOptions, useRerun } from '../../../imports/rerun.ts';
import { moment } from '../../../texts/format.ts';
import { importTexts } from '../../../texts/imports.ts';
import { Counts } from '../counts.tsx';
import { ErrorsLink } from '../errors-link.tsx';
import classes from '../imports-page.module.css';
import { BookingOptions } from './booking-options.tsx';
import { BulkRepairs } from './bulk-repairs.tsx';
import { FailedRows } from './failed-rows.tsx';
import { MissingLocations } from './missing-locations.tsx';

const texts = importTexts.check;

interface CheckStepProps {
  job: Import;
  onChecked: (id: string) => void;
  onImported: (id: string) => void;
  back: () => void;
}

/** What the import would do, the rows that it would leave out, and the choice before anything is booked. */
export function CheckStep({ job, onChecked, onImported, back }: CheckStepProps) {
  const [corrections, setCorrections] = useState<Corrections>({});
  const { data: rows = [] } = useQuery({ ...failedRowsQuery(job.id), enabled: job.failed > 0 });
  const check = useRerun(job.id, ({ id }) => onChecked(id));
  const book = useRerun(job.id, ({ id }) => onImported(id));
  const changed = correctionsOf(corrections);
  const recheck = (options: RerunOptions = {}) => check.mutate({ dryRun: true, corrections: changed, ...options });
  const headings = job.reading?.columns.map(({ heading }) => heading) ?? [];
  const common = { headings, rows, corrections, setCorrections };
  const count = job.created + job.updated;
  return (
    <section className={classes.preview} aria-label={texts.title}>
      <h2 className={classes.strong}>{texts.title}</h2>
      <Counts job={job} />
      {job.sameFileAs && (
        <Alert color="yellow" variant="light" title={texts.sameFile} role="alert">
          {texts.sameFileText(job.sameFileAs.fileName ?? '', moment(job.sameFileAs.createdAt))}
        </Alert>
      )}
      <BookingOptions job={job} recheck={recheck} isPending={check.isPending} />
      {job.stockSkipped > 0 && <p className={classes.note}>{texts.stockSkipped(job.stockSkipped)}</p>}
      {rows.length > 0 && (
        <>
          <p className={classes.note}>{texts.leftOut(job.failed)}</p>
          <MissingLocations rows={rows} recheck={recheck} />
          <BulkRepairs {...common} />
          <FailedRows {...common} total={job.failed} />
        </>
      )}
      <WriteError error={check.error ?? book.error} />
      <div className={classes.buttons}>
        {changed.length > 0 ? (
          <Button loading={check.isPending} onClick={() => recheck()}>
            {texts.recheck(changed.length)}
          </Button>
        ) : (
          <Button
            loading={book.isPending}
            disabled={count === 0 || check.isPending}
            onClick={() => book.mutate({ dryRun: false, again: job.sameFileAs !== null })}
          >
            {job.sameFileAs ? texts.bookAgain : texts.book(count)}
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
