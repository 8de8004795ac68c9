import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { LoadError, Loading } from '../../components/state.tsx';
import { ImportProgress } from '../../imports/import-progress.tsx';
import { importQuery, isUnderWay } from '../../imports/queries.ts';
import { useEndImport } from '../../imports/rerun.ts';
import { useMay } from '../../session/session.ts';
import { importTexts } from '../../texts/imports.ts';
import { CheckStep } from './check/check-step.tsx';
import classes from './imports-page.module.css';
import { MatchStep } from './match/match-step.tsx';
import { Result } from './result.tsx';
import { Steps } from './steps.tsx';

interface ImportStepsProps {
  id: string;
  isCheck: boolean;
  show: (id?: string, step?: 'check') => void;
}

/** One import, from how its file is read to what came of it. */
export function ImportSteps({ id, isCheck, show }: ImportStepsProps) {
  const { data: job, error, refetch } = useQuery(importQuery(id));
  const mayImport = useMay('operator');
  const isOver = job !== undefined && !isUnderWay(job);
  const hasBooked = isOver && !job.dryRun;
  useEffect(() => {
    if (hasBooked) void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  }, [hasBooked, job?.state]);
  if (!job) return error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />;
  const startOver = () => show();
  const isPreparation = job.dryRun && mayImport && ['queued', 'running', 'done', 'failed'].includes(job.state);
  const step = !isPreparation ? 'done' : isCheck && job.state !== 'failed' ? 'check' : 'match';
  return (
    <>
      <Steps current={step} />
      {!isOver ? (
        <section className={classes.preview} aria-label={job.fileName ?? importTexts.title}>
          <ImportProgress job={job} />
          {mayImport && job.state !== 'undoing' && <CancelButton id={id} />}
        </section>
      ) : step === 'match' ? (
        <MatchStep
          key={id}
          job={job}
          onReadAgain={(next) => show(next)}
          onCheck={(next) => show(next, 'check')}
          startOver={startOver}
        />
      ) : step === 'check' ? (
        <CheckStep
          key={id}
          job={job}
          onChecked={(next) => show(next, 'check')}
          onImported={(next) => show(next)}
          back={() => show(id)}
        />
      ) : (
        <Result job={job} startOver={startOver} />
      )}
    </>
  );
}

function CancelButton({ id }: { id: string }) {
  const { mutate, isPending } = useEndImport(id, 'cancel');
  return (
    <div className={classes.buttons}>
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        {importTexts.progress.cancel}
      </Button>
    </div>
  );
}
