import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Item } from '../../catalog/items.ts';
import { Failed, Loading } from '../../parts/state.tsx';
import classes from '../../parts/table.module.css';
import { change, moment, number } from '../../texts/format.ts';
import { itemTexts } from '../../texts/item.ts';
import { ledgerQuery } from './queries.ts';

const texts = itemTexts.ledger;

/** Each line of each movement of this item, the newest first. */
export function Ledger({ item }: { item: Item }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(ledgerQuery(item));
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />;
  const lines = data.pages.flatMap(({ items }) =>
    items.flatMap((movement) =>
      movement.lines.filter((line) => line.item.id === item.id).map((line, index) => ({ movement, line, index })),
    ),
  );
  if (lines.length === 0) return <p className={classes.quiet}>{texts.empty}</p>;
  return (
    <>
      {/* Focusable, so that the keyboard can scroll it where it is too wide. */}
      <div className={classes.scroll} role="region" aria-label={texts.title} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{texts.when}</th>
              <th scope="col">{texts.what}</th>
              <th scope="col">{texts.where}</th>
              <th scope="col" className={classes.number}>
                {texts.change}
              </th>
              <th scope="col" className={classes.number}>
                {texts.after}
              </th>
              <th scope="col">{texts.who}</th>
              <th scope="col">{texts.why}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ movement, line, index }) => (
              <tr key={`${movement.id} ${index}`}>
                <td className={`${classes.quiet} ${classes.nowrap}`}>{moment(movement.createdAt)}</td>
                <td>{texts.types[movement.type]}</td>
                <td>{line.location.code}</td>
                <td className={`${classes.number} ${line.delta < 0 ? classes.bad : classes.good}`}>
                  {change(line.delta)}
                </td>
                <td className={classes.number}>{number(line.onHandAfter)}</td>
                <td>{movement.createdBy.name}</td>
                <td className={classes.quiet}>
                  {[movement.reference, line.reason, movement.note].filter(Boolean).join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hasNextPage && (
        <Button variant="subtle" mt="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {texts.more}
        </Button>
      )}
    </>
  );
}
