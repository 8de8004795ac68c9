import { useQuery } from '@tanstack/react-query';
import type { Item } from '../../catalog/items.ts';
import { LoadError, Loading } from '../../components/state.tsx';
import classes from '../../components/table.module.css';
import { moment, number } from '../../texts/format.ts';
import { itemTexts } from '../../texts/item.ts';
import { itemReservationsQuery } from './queries.ts';

const texts = itemTexts.reservations;

/** The reservations that hold some of it. */
export function ItemReservations({ item }: { item: Item }) {
  const { data, error, refetch } = useQuery(itemReservationsQuery(item));
  if (!data) return error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />;
  if (data.items.length === 0) return <p className={classes.quiet}>{texts.empty}</p>;
  const held = (lines: (typeof data.items)[number]['lines']) =>
    lines.filter((line) => line.item.id === item.id).reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{texts.reference}</th>
            <th scope="col" className={classes.number}>
              {texts.quantity}
            </th>
            <th scope="col">{texts.until}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ id, reference, createdBy, expiresAt, lines }) => (
            <tr key={id}>
              <td>
                {reference ?? '–'}
                <div className={classes.quiet}>{createdBy.name}</div>
              </td>
              <td className={classes.number}>{number(held(lines))}</td>
              <td>{moment(expiresAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.nextCursor && <p className={classes.quiet}>{texts.more}</p>}
    </>
  );
}
