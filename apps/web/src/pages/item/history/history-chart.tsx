import { useMemo } from 'react';
import uPlot from 'uplot';
import type { Schema } from '../../../api/client.ts';
import { Plot } from '../../../components/plot/plot.tsx';
import type { PlotStyle } from '../../../components/plot/plot-style.ts';
import { day, number } from '../../../texts/format.ts';
import { itemTexts } from '../../../texts/item.ts';

const texts = itemTexts.history;
const HEIGHT_PX = 200;

/** Steps, because a level stays as it is until the next movement. */
export function HistoryChart({ history, summary }: { history: Schema['History']; summary: string }) {
  const points = useMemo(
    () => [edge(history.from, history.opening), ...history.points, edge(history.to, history.points.at(-1)!.last)],
    [history],
  );
  const data = useMemo<[number[], number[]]>(
    () => [points.map(({ at }) => Date.parse(at) / 1000), points.map(({ last }) => last)],
    [points],
  );
  return (
    <Plot
      data={data}
      options={options}
      height={HEIGHT_PX}
      summary={summary}
      pointText={(index) => textOf(points[index]!)}
    />
  );
}

const edge = (at: string, last: number): Schema['HistoryPoint'] => ({ at, last, min: last, max: last });

const textOf = ({ at, last, min, max }: Schema['HistoryPoint']): string =>
  min === max ? texts.point(at, last) : texts.stretch(at, min, max, last);

const options = ({ colour, axis }: PlotStyle): Omit<uPlot.Options, 'width' | 'height'> => ({
  cursor: { y: false, drag: { x: false, y: false } },
  scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.08)] } },
  axes: [
    { ...axis, values: (_, ticks) => ticks.map((tick) => day(tick * 1000)), space: 110, size: 28 },
    { ...axis, values: (_, ticks) => ticks.map(number), size: 52 },
  ],
  series: [
    {},
    {
      label: texts.series,
      stroke: colour('--accent'),
      fill: `color-mix(in srgb, ${colour('--accent')} 10%, transparent)`,
      width: 1.5,
      paths: uPlot.paths.stepped!({ align: 1 }),
      points: { show: false },
    },
  ],
});
