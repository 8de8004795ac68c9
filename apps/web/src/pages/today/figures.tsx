import { Link } from '@tanstack/react-router';
import type { Schema } from '../../api/client.ts';
import { money, number } from '../../texts/format.ts';
import { todayTexts as texts } from '../../texts/today.ts';
import classes from './today-page.module.css';

interface Figure {
  label: string;
  value: string;
  title?: string;
  isLow?: boolean;
  /** The list behind it. */
  to?: string;
  search?: { low: true };
}

export function Figures({ summary }: { summary: Schema['Summary'] }) {
  const { stockValue, currency, lowItems } = summary;
  const figures: Figure[] = [
    { label: texts.figures.items, value: number(summary.items), to: '/items' },
    { label: texts.figures.onHand, value: number(summary.onHand) },
    { label: texts.figures.reserved, value: number(summary.reserved), to: '/reservations' },
    { label: texts.figures.stockValue, value: money(stockValue, currency) },
    {
      label: texts.figures.lowItems,
      value: number(lowItems),
      isLow: lowItems > 0,
      to: '/items',
      search: { low: true },
    },
    { label: texts.figures.movementsToday, value: number(summary.movementsToday), title: texts.utc, to: '/movements' },
  ];
  return (
    <dl className={classes.figures}>
      {figures.map(({ label, value, title, isLow, to, search }) => (
        <div key={label} title={title}>
          <dt>{label}</dt>
          <dd data-low={isLow || undefined}>
            {to ? (
              <Link to={to} {...(search && { search })} className={classes.figure}>
                {value}
              </Link>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
