import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Item } from '../../catalog/items.ts';
import { LoadedList } from '../../components/loaded-list.tsx';
import classes from '../../components/table.module.css';
import { useMay } from '../../session/session.ts';
import { itemTexts } from '../../texts/item.ts';
import type { Movement } from '../movements/movement.ts';
import { ReverseDialog } from '../movements/one/reverse-dialog.tsx';
import { LedgerRow } from './ledger-row.tsx';
import { ledgerQuery } from './queries.ts';

const texts = itemTexts.ledger;

/** Each line of each movement of this item, the newest first. */
export function ItemLedger({ item }: { item: Item }) {
  const query = useInfiniteQuery(ledgerQuery(item));
  return (
    <LoadedList query={query} more={texts.more}>
      {(movements) => <LedgerTable item={item} movements={movements} />}
    </LoadedList>
  );
}

function LedgerTable({ item, movements }: { item: Item; movements: Movement[] }) {
  const [reversing, setReversing] = useState<Movement>();
  const mayReverse = useMay('operator');
  if (movements.length === 0) return <p className={classes.quiet}>{texts.empty}</p>;
  return (
    <>
      {/* Focusable, so that the keyboard can scroll it where it is too wide. */}
      <div className={classes.scroll} role="region" aria-label={texts.title} tabIndex={0}>
        <table className={classes.table}>
          <Head />
          <tbody>
            {movements.flatMap((movement) =>
              itemLines(movement, item).map((line, index) => (
                <LedgerRow
                  key={`${movement.id} ${index}`}
                  movement={movement}
                  line={line}
                  onReverse={mayReverse && index === 0 ? () => setReversing(movement) : undefined}
                />
              )),
            )}
          </tbody>
        </table>
      </div>
      {reversing && (
        <ReverseDialog
          movement={reversing}
          onDone={() => setReversing(undefined)}
          close={() => setReversing(undefined)}
        />
      )}
    </>
  );
}

/** In a list, a movement comes with its first lines only: undefined stands for one of this item that is further down. */
function itemLines(movement: Movement, item: Item): (Movement['lines'][number] | undefined)[] {
  const lines = movement.lines.filter((line) => line.item.id === item.id);
  return lines.length > 0 ? lines : [undefined];
}

const Head = () => (
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
      <td />
    </tr>
  </thead>
);
