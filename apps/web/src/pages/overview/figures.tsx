import type { Schema } from '../../api/client.ts';
import { money, number } from '../../texts/format.ts';
import { overviewTexts as texts } from '../../texts/overview.ts';
import classes from './overview-page.module.css';

export function Figures({ summary }: { summary: Schema['Summary'] }) {
  const { stockValue, currency, lowItems } = summary;
  const figures = [
    { label: texts.figures.items, value: number(summary.items) },
    { label: texts.figures.onHand, value: number(summary.onHand) },
    { label: texts.figures.reserved, value: number(summary.reserved) },
    { label: texts.figures.stockValue, value: money(stockValue, currency) },
    { label: texts.figures.lowItems, value: number(lowItems), isLow: lowItems > 0 },
    { label: texts.figures.movementsToday, value: number(summary.movementsToday), title: texts.utc },
  ];
  return (
    <dl className={classes.figures}>
      {figures.map(({ label, value, title, isLow }) => (
        <div key={label} title={title}>
          <dt>{label}</dt>
          <dd data-low={isLow || undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
