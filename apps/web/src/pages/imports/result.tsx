import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { FormDialog } from '../../components/dialog/form-dialog.tsx';
import type { Import } from '../../imports/queries.ts';
import { useEndImport } from '../../imports/rerun.ts';
import { useMay } from '../../session/session.ts';
import { ago } from '../../texts/format.ts';
import { importTexts } from '../../texts/imports.ts';
import { Counts } from './counts.tsx';
import { ErrorsLink } from './errors-link.tsx';
import classes from './imports-page.module.css';

const texts = importTexts.result;

/** What came of an import. */
export function Result({ job, startOver }: { job: Import; startOver: () => void }) {
  const mayImport = useMay('operator');
  const [isAsking, setAsking] = useState(false);
  const canUndo = mayImport && !job.dryRun && job.state !== 'undone' && job.created + job.updated > 0;
  return (
    <section className={classes.preview} aria-label={job.fileName ?? importTexts.title}>
      <Outcome job={job} />
      <div className={classes.buttons}>
        {(job.failed > 0 || job.stockSkipped > 0) && <ErrorsLink job={job} isButton />}
        {job.failed > 0 && (
          <Button component="a" href={`/api/v1/imports/${job.id}/failed.csv`} download variant="default">
            {texts.failedRows}
          </Button>
        )}
        {!job.dryRun && job.state === 'done' && (
          <Button component={Link} to="/items" variant="default">
            {texts.items}
          </Button>
        )}
        {canUndo && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {texts.undo}
          </Button>
        )}
        <Button variant="default" onClick={startOver}>
          {mayImport ? importTexts.another : importTexts.list.title}
        </Button>
      </div>
      {isAsking && <UndoDialog job={job} close={() => setAsking(false)} />}
    </section>
  );
}

function UndoDialog({ job, close }: { job: Import; close: () => void }) {
  const { mutate, isPending, error } = useEndImport(job.id, 'undo', close);
  return (
    <FormDialog
      title={texts.undo}
      close={close}
      submit={texts.confirmUndo}
      onSubmit={mutate}
      isPending={isPending}
      error={error}
      isDangerous
    >
      <p className={classes.note}>{texts.undoText}</p>
    </FormDialog>
  );
}

function Outcome({ job }: { job: Import }) {
  const hasFailed = job.state === 'failed';
  const hasLeftOut = job.failed > 0 || job.stockSkipped > 0 || job.notUndone > 0;
  const Icon = hasFailed ? CircleX : hasLeftOut ? CircleAlert : CircleCheck;
  return (
    <div role="status" className={classes.outcome}>
      <header className={classes.head} data-tone={hasFailed ? 'bad' : hasLeftOut ? 'warn' : 'good'}>
        <Icon size={20} aria-hidden />
        <div className={classes.grow}>
          <h2 className={classes.strong}>{titleOf(job)}</h2>
          <p className={classes.quiet}>
            {job.fileName && `${job.fileName} · `}
            {importTexts.byAndWhen(job.createdBy.name, ago(job.createdAt))}
          </p>
        </div>
      </header>
      <p>{hasFailed ? job.reason : wordsFor(job)}</p>
      {!hasFailed && <Counts job={job} />}
    </div>
  );
}

const titleOf = ({ state, dryRun }: Import): string =>
  state === 'failed' ? texts.failed : state === 'cancelled' ? texts.cancelled : state === 'undone' ? texts.undone : dryRun ? texts.checked : texts.done; // prettier-ignore

function wordsFor({ state, dryRun, failed, done, stockSkipped, undone, notUndone }: Import): string {
  if (state === 'undone') return texts.wasUndone(undone, notUndone);
  if (done === 0) return texts.nothing;
  const rows =
    failed === 0
      ? dryRun
        ? texts.allWouldGo
        : texts.allGood
      : dryRun
        ? texts.wouldBeLeftOut(failed)
        : texts.leftOut(failed);
  return stockSkipped > 0 ? `${rows} ${importTexts.check.stockSkipped(stockSkipped)}` : rows;
}
