import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import { useEffect } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { ImportProgress } from '../../imports/import-progress.tsx';
import { type Import, importQuery, isUnderWay } from '../../imports/queries.ts';
import { LoadError, Loading } from '../../components/state.tsx';
import { useMay } from '../../session/session.ts';
import { ago, number } from '../../texts/format.ts';
import { importTexts } from '../../texts/imports.ts';
import { ErrorsLink } from './errors-link.tsx';
import type { ChosenFile } from './chosen-file.ts';
import classes from './imports-page.module.css';
import { SendFile } from './send-file.tsx';

const texts = importTexts.result;

interface ResultProps {
  id: string;
  /** The file, where it was chosen on this page. */
  chosen: ChosenFile | undefined;
  onStarted: (id: string) => void;
  startOver: () => void;
}

/** One import: how far it is, then what came of it. */
export function Result({ id, chosen, onStarted, startOver }: ResultProps) {
  const { data: job, error, refetch } = useQuery(importQuery(id));
  const isOver = job !== undefined && !isUnderWay(job);
  useEffect(() => {
    if (isOver) void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  }, [isOver]);
  if (!job) return error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />;
  return (
    <section className={classes.preview} aria-label={chosen?.file.name ?? importTexts.title}>
      {isOver ? <Outcome job={job} /> : <ImportProgress job={job} />}
      {isOver && <After job={job} chosen={chosen} onStarted={onStarted} startOver={startOver} />}
    </section>
  );
}

function Outcome({ job }: { job: Import }) {
  const hasFailed = job.state === 'failed';
  const Icon = hasFailed ? CircleX : job.failed > 0 ? CircleAlert : CircleCheck;
  const counts = ['created', 'updated', 'failed'] as const;
  return (
    <div role="status" className={classes.outcome}>
      <header className={classes.head} data-tone={hasFailed ? 'bad' : job.failed > 0 ? 'warn' : 'good'}>
        <Icon size={20} aria-hidden />
        <div className={classes.grow}>
          <h2 className={classes.strong}>{hasFailed ? texts.failed : job.dryRun ? texts.checked : texts.done}</h2>
          <p className={classes.quiet}>{importTexts.byAndWhen(job.createdBy.name, ago(job.createdAt))}</p>
        </div>
      </header>
      <p>{hasFailed ? job.reason : wordsFor(job)}</p>
      {!hasFailed && (
        <dl className={classes.counts}>
          {counts.map((name) => (
            <div key={name}>
              <dt>{texts.counts[name]}</dt>
              <dd data-bad={(name === 'failed' && job.failed > 0) || undefined}>{number(job[name])}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function wordsFor({ dryRun, failed, done }: Import): string {
  if (done === 0) return texts.nothing;
  if (failed === 0) return dryRun ? texts.allWouldGo : texts.allGood;
  return dryRun ? texts.wouldBeLeftOut(failed) : texts.leftOut(failed);
}

function After({ job, chosen, onStarted, startOver }: { job: Import } & Omit<ResultProps, 'id'>) {
  const mayImport = useMay('operator');
  const isCheck = job.dryRun && job.state === 'done' && chosen !== undefined && mayImport;
  return (
    <>
      <div className={classes.buttons}>
        {job.failed > 0 && <ErrorsLink job={job} isButton />}
        {!job.dryRun && job.state === 'done' && (
          <Button component={Link} to="/items" variant="default">
            {texts.items}
          </Button>
        )}
        {!isCheck && (
          <Button variant="default" onClick={startOver}>
            {mayImport ? texts.another : importTexts.list.title}
          </Button>
        )}
      </div>
      {isCheck && (
        <SendFile
          file={chosen.file}
          query={{ mode: job.mode, dryRun: false }}
          onStarted={onStarted}
          cancel={startOver}
        />
      )}
    </>
  );
}
