import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LoadError, Loading } from '../../components/state.tsx';
import { ago, change, number } from '../../texts/format.ts';
import { glossary } from '../../texts/glossary.ts';
import { todayTexts } from '../../texts/today.ts';
import type { Movement } from '../movements/movement.ts';
import { latestMovementsQuery } from './queries.ts';
import classes from './today-page.module.css';

const texts = todayTexts.latest;

/** What was booked last, and by whom. */
export function LatestMovements() {
  const { data, error, refetch } = useQuery(latestMovementsQuery);
  if (!data)
    return (
      <div className={classes.latestSpace}>
        {error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />}
      </div>
    );
  if (data.items.length === 0) return <p className={classes.none}>{texts.none}</p>;
  return (
    <ol className={classes.latest}>
      {data.items.map((movement) => (
        <li key={movement.id}>
          <Link to="/movements/$movementId" params={{ movementId: movement.id }} className={classes.item}>
            {summaryOf(movement)}
          </Link>
          <span className={classes.by}>
            {movement.createdBy.name} · {ago(movement.createdAt)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** `Received 12 × Teapot`, `Counted -2 × Teapot`. */
function summaryOf({ type, lines, lineCount }: Movement): string {
  const [first] = lines;
  // A transfer has two lines in the ledger for each thing that it moves.
  const more = (type === 'transfer' ? lineCount / 2 : lineCount) - 1;
  const isOneWay = type === 'receipt' || type === 'issue' || type === 'transfer';
  const amount = first && more === 0 && (isOneWay ? number(Math.abs(first.delta)) : change(first.delta));
  const parts = [
    glossary.movements[type],
    amount && texts.times(amount),
    first?.item.name,
    more > 0 && texts.more(more),
  ];
  return parts.filter(Boolean).join(' ');
}
