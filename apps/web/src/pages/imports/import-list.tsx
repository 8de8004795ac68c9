import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Import, importListQuery, isUnderWay } from '../../imports/queries.ts';
import { LoadedList } from '../../components/loaded-list.tsx';
import table from '../../components/table.module.css';
import { moment, number } from '../../texts/format.ts';
import { importTexts } from '../../texts/imports.ts';
import { ErrorsLink } from './errors-link.tsx';
import classes from './imports-page.module.css';

const texts = importTexts.list;

/** All imports so far, the newest first. */
export function ImportList() {
  const query = useInfiniteQuery(importListQuery);
  return (
    <LoadedList query={query} more={texts.more}>
      {(jobs) => <ImportTable jobs={jobs} />}
    </LoadedList>
  );
}

function ImportTable({ jobs }: { jobs: Import[] }) {
  if (jobs.length === 0) return <p className={classes.quiet}>{texts.empty}</p>;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={texts.title}>
      <table className={table.table}>
        <thead>
          <tr>
            <th>{texts.file}</th>
            <th>{texts.when}</th>
            <th>{texts.who}</th>
            <th>{texts.state}</th>
            <th className={table.number}>{texts.created}</th>
            <th className={table.number}>{texts.updated}</th>
            <th className={table.number}>{texts.failed}</th>
            <th>{texts.errors}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <Row key={job.id} job={job} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ job }: { job: Import }) {
  const notes = job.mode === 'create' && texts.createOnly;
  return (
    <tr>
      <th scope="row">
        <Link to="/imports" search={{ job: job.id }} className={classes.when}>
          {job.fileName ?? moment(job.createdAt)}
        </Link>
      </th>
      <td>{moment(job.createdAt)}</td>
      <td>{job.createdBy.name}</td>
      <td>
        <span className={job.state === 'failed' ? table.bad : undefined}>{texts.states[job.state]}</span>
        {isUnderWay(job) && job.rows !== null && ` ${number(job.done)} / ${number(job.rows)}`}
        {notes && <span className={classes.quiet}> · {notes}</span>}
      </td>
      <td className={table.number}>{number(job.created)}</td>
      <td className={table.number}>{number(job.updated)}</td>
      <td className={`${table.number} ${job.failed > 0 ? table.bad : ''}`}>{number(job.failed)}</td>
      <td>{job.failed > 0 && !isUnderWay(job) && <ErrorsLink job={job} />}</td>
    </tr>
  );
}
