import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { LoadError, Loading } from '../../components/state.tsx';
import table from '../../components/table.module.css';
import { useMay } from '../../session/session.ts';
import { number } from '../../texts/format.ts';
import { glossary } from '../../texts/glossary.ts';
import { todayTexts } from '../../texts/today.ts';
import classes from './today-page.module.css';
import { lowStockQuery } from './queries.ts';

const texts = todayTexts.low;
const FIRST = 8;
const STEP = 50;
/** The most that one response has. */
const MOST = 200;

/** What is short by most. */
export function LowStock({ total }: { total: number }) {
  const [limit, setLimit] = useState(FIRST);
  const mayBook = useMay('operator');
  const { data, error, refetch } = useQuery(lowStockQuery(limit));
  if (!data) return error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />;
  if (data.items.length === 0)
    return (
      <p className={classes.none}>
        {texts.none} <span className={table.quiet}>{texts.noneText}</span>
      </p>
    );
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            <th>{texts.item}</th>
            <th className={table.number}>{texts.available}</th>
            <th className={`${table.number} ${classes.wide}`}>{texts.reorderPoint}</th>
            <th className={table.number}>{texts.shortage}</th>
            {mayBook && <td />}
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ item, available, reorderPoint, shortage }) => (
            <tr key={item.id}>
              <th scope="row">
                <Link to="/items/$itemId" params={{ itemId: item.id }} className={classes.item}>
                  <span>{item.name}</span> <span className={classes.sku}>{item.sku}</span>
                </Link>
              </th>
              <td className={`${table.number} ${available <= 0 ? table.bad : table.warn}`}>{number(available)}</td>
              <td className={`${table.number} ${classes.wide}`}>{number(reorderPoint)}</td>
              <td className={table.number}>{number(shortage)}</td>
              {mayBook && (
                <td className={table.end}>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={texts.receive(item.name)}
                    renderRoot={(props: object) => (
                      <Link
                        {...props}
                        to="/items/$itemId"
                        params={{ itemId: item.id }}
                        search={{ action: 'receipt' }}
                      />
                    )}
                  >
                    {glossary.actions.receipt}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {data.nextCursor !== null && limit < MOST && (
        <Button variant="subtle" size="compact-sm" onClick={() => setLimit(Math.min(MOST, limit + STEP))}>
          {texts.more}
        </Button>
      )}
      {data.nextCursor !== null && limit === MOST && (
        <p className={classes.small}>{texts.rest(total - data.items.length)}</p>
      )}
    </>
  );
}
