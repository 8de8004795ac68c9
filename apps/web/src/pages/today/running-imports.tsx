import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ImportProgress } from '../../imports/import-progress.tsx';
import { importsUnderWayQuery } from '../../imports/queries.ts';
import { todayTexts } from '../../texts/today.ts';
import classes from './today-page.module.css';

const texts = todayTexts.imports;

/** @param quiet nothing at all where there are none */
export function RunningImports({ quiet = false }: { quiet?: boolean }) {
  const { data: jobs = [] } = useQuery(importsUnderWayQuery);
  if (quiet && jobs.length === 0) return null;
  return (
    <div className={classes.underWay} data-alone={quiet || undefined}>
      {jobs.map((job) => (
        <ImportProgress key={job.id} job={job} />
      ))}
      <p className={classes.none}>
        {jobs.length === 0 && texts.none} <Link to="/imports">{texts.all}</Link>
      </p>
    </div>
  );
}
