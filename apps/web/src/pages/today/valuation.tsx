import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LoadError, Loading } from '../../components/state.tsx';
import { money } from '../../texts/format.ts';
import { todayTexts } from '../../texts/today.ts';
import classes from './today-page.module.css';
import { valuationQuery } from './queries.ts';

const texts = todayTexts.worth;
const SHOWN = 6;

/** Which location holds how much of the stock's value. */
export function Valuation() {
  const { data, error, refetch } = useQuery(valuationQuery);
  if (!data) return error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />;
  const { locations, total, currency } = data;
  if (locations.length === 0) return <p className={classes.none}>{texts.none}</p>;
  const shown = locations
    .slice(0, SHOWN)
    .map(({ location, value }) => ({ id: location.id, name: location.code, value }));
  const rest = total.value - shown.reduce((sum, { value }) => sum + value, 0);
  if (locations.length > SHOWN) shown.push({ id: '', name: texts.others, value: rest });
  return (
    <dl className={classes.totals}>
      {shown.map(({ id, name, value }) => (
        <div key={name}>
          <dt>
            {id ? (
              <Link to="/items" search={{ locationId: id }}>
                {name}
              </Link>
            ) : (
              name
            )}
          </dt>
          <dd>{money(value, currency)}</dd>
          <meter aria-hidden value={value} max={Math.max(total.value, 1)} className={classes.share} />
        </div>
      ))}
    </dl>
  );
}
