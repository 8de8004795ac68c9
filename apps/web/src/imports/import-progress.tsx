import { ago } from '../texts/format.ts';
import { importTexts as texts } from '../texts/imports.ts';
import { type Import, isUnderWay } from './queries.ts';
import { ProgressBar } from './progress-bar.tsx';

/** How far an import is that waits or runs. */
export function ImportProgress({ job }: { job: Import }) {
  if (!isUnderWay(job)) return null;
  const label = job.dryRun
    ? texts.progress.checking
    : texts.progress[job.state === 'queued' ? 'queued' : job.state === 'undoing' ? 'undoing' : 'running'];
  return (
    <ProgressBar
      label={`${label} · ${texts.byAndWhen(job.createdBy.name, ago(job.createdAt))}`}
      words={texts.progress.rows(job.done, job.rows)}
      done={job.done}
      total={job.state === 'queued' ? null : job.rows}
    />
  );
}
