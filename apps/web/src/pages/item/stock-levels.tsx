import { useQuery } from '@tanstack/react-query';
import type { Item } from '../../catalog/items.ts';
import { LoadError, Loading } from '../../components/state.tsx';
import classes from '../../components/table.module.css';
import { levelsQuery } from '../../stock/levels.ts';
import { number } from '../../texts/format.ts';
import { itemTexts } from '../../texts/item.ts';

const texts = itemTexts.levels;

export function StockLevels({ item }: { item: Item }) {
  const { data, error, refetch } = useQuery(levelsQuery(item.id));
  if (!data) return error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />;
  if (data.items.length === 0) return <p className={classes.quiet}>{texts.empty}</p>;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{texts.location}</th>
          {(['onHand', 'reserved', 'available'] as const).map((name) => (
            <th key={name} scope="col" className={classes.number}>
              {texts[name]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.items.map(({ location, onHand, reserved, available }) => (
          <tr key={location.id}>
            <th scope="row">{location.code}</th>
            <td className={classes.number}>{number(onHand)}</td>
            <td className={classes.number}>{number(reserved)}</td>
            <td className={classes.number}>{number(available)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
