import { useQuery } from '@tanstack/react-query';
import type { Item } from '../../../catalog/items.ts';
import { LoadError, Loading } from '../../../components/state.tsx';
import { day } from '../../../texts/format.ts';
import { itemTexts } from '../../../texts/item.ts';
import { historyQuery } from '../queries.ts';
import { HistoryChart } from './history-chart.tsx';

const texts = itemTexts.history;

/** A year of what was on hand: a chart, and the same in words. */
export function StockHistory({ item }: { item: Item }) {
  const { data, error, refetch } = useQuery(historyQuery(item));
  if (!data) return error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />;
  if (data.points.length === 0) return <p>{texts.empty}</p>;
  const levels = [data.opening, ...data.points.flatMap(({ min, max }) => [min, max])];
  const now = data.points.at(-1)!.last;
  const summary = texts.summary(day(data.from), now, Math.min(...levels), Math.max(...levels), data.points.length);
  return <HistoryChart history={data} summary={summary} />;
}
