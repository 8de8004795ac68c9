import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleDollarSign, FileWarning, PackageX, Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Schema } from '../../api/client.ts';
import { todayTexts } from '../../texts/today.ts';
import { itemCountQuery } from '../items/item-list.ts';
import { endingQuery, failedImportsQuery, valuationQuery } from './queries.ts';
import classes from './today-page.module.css';

const texts = todayTexts.attention;
const ICON = { size: 16, 'aria-hidden': true } as const;

/** What needs a look today, each with where to do it. Nothing is listed that is in order. */
export function NeedsAttention({ summary }: { summary: Schema['Summary'] }) {
  const { data: out } = useQuery(itemCountQuery({ out: true }));
  const { data: valuation } = useQuery(valuationQuery);
  const { data: ending = [] } = useQuery(endingQuery);
  const { data: failed = [] } = useQuery(failedImportsQuery);
  const withoutCost = valuation?.total.itemsWithoutCost ?? 0;
  const rows: [key: string, icon: ReactNode, content: ReactNode][] = [];
  if (out && out.count > 0)
    rows.push([
      'out',
      <PackageX {...ICON} />,
      <Link to="/items" search={{ out: true }}>
        {texts.out(out.count)}
      </Link>,
    ]);
  if (summary.lowItems > 0)
    rows.push([
      'low',
      <CircleAlert {...ICON} />,
      <Link to="/items" search={{ low: true }}>
        {texts.low(summary.lowItems)}
      </Link>,
    ]);
  if (ending.length > 0)
    rows.push(['ending', <Timer {...ICON} />, <Link to="/reservations">{texts.ending(ending.length)}</Link>]);
  if (withoutCost > 0)
    rows.push([
      'cost',
      <CircleDollarSign {...ICON} />,
      <Link to="/items" search={{ noCost: true }}>
        {texts.withoutCost(withoutCost)}
      </Link>,
    ]);
  for (const job of failed)
    rows.push([
      job.id,
      <FileWarning {...ICON} />,
      <Link to="/imports" search={{ job: job.id }}>
        {texts.failedImport(job.fileName ?? texts.anImport, job.failed)}
      </Link>,
    ]);
  if (rows.length === 0) return <p className={classes.none}>{texts.none}</p>;
  return (
    <ul className={classes.attention}>
      {rows.map(([key, icon, content]) => (
        <li key={key}>
          {icon}
          {content}
        </li>
      ))}
    </ul>
  );
}
