import type { Import } from '../../imports/queries.ts';
import { change, number } from '../../texts/format.ts';
import { importTexts } from '../../texts/imports.ts';
import classes from './imports-page.module.css';

const COUNTS = ['created', 'updated', 'failed', 'stockDelta'] as const;

/** The figures of an import or of its check. */
export const Counts = ({ job }: { job: Import }) => (
  <dl className={classes.counts}>
    {COUNTS.map((name) => (
      <div key={name}>
        <dt>{importTexts.result.counts[name]}</dt>
        <dd data-bad={(name === 'failed' && job.failed > 0) || undefined}>
          {name === 'stockDelta' ? change(job.stockDelta) : number(job[name])}
        </dd>
      </div>
    ))}
  </dl>
);
