import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import { WriteError } from '../../components/write-error.tsx';
import type { Import } from '../../imports/queries.ts';
import { useEndImport } from '../../imports/rerun.ts';
import { useMay } from '../../session/session.ts';
import { ago, number } from '../../texts/format.ts';
import { importTexts } from '../../texts/imports.ts';
import { ErrorsLink } from './errors-link.tsx';
import classes from './imports-page.module.css';

const texts = importTexts.result;

/** What came of an import. */
export function Result({ job, startOver }: { job: Import; startOver: () => void }) {
  const mayImport = useMay('operator');
  const undo = useEndImport(job.id, 'undo');
  const canUndo = mayImport && !job.dryRun && job.state !== 'undone' && job.created + job.updated > 0;
  return (
    <section className={classes.preview} aria-label={job.fileName ?? importTexts.title}>
      <Outcome job={job} />
      <WriteError error={undo.error} />
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
          <Button
            variant="default"
            loading={undo.isPending}
            onClick={() => confirm(texts.confirmUndo) && undo.mutate()}
          >
            {texts.undo}
          </Button>
        )}
        <Button variant="default" onClick={startOver}>
          {mayImport ? importTexts.another : importTexts.list.title}
        </Button>
      </div>
    </section>
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

/** The figures of an import or of its check. */
export function Counts({ job }: { job: Import }) {
  const counts = ['created', 'updated', 'failed', 'stockDelta'] as const;
  return (
    <dl className={classes.counts}>
      {counts.map((name) => (
        <div key={name}>
          <dt>{texts.counts[name]}</dt>
          <dd data-bad={(name === 'failed' && job.failed > 0) || undefined}>
            {name === 'stockDelta' && job.stockDelta > 0 && '+'}
            {number(job[name])}
          </dd>
        </div>
      ))}
    </dl>
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
