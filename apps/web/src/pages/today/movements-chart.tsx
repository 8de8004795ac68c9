import { useMemo } from 'react';
import uPlot from 'uplot';
import type { Schema } from '../../api/client.ts';
import type { PlotStyle } from '../../components/plot/plot-style.ts';
import { Plot } from '../../components/plot/plot.tsx';
import table from '../../components/table.module.css';
import { number, utcDay } from '../../texts/format.ts';
import { todayTexts } from '../../texts/today.ts';
import classes from './today-page.module.css';

const texts = todayTexts.movements;
const HEIGHT_PX = 180;

type Day = Schema['DayOfMovements'];

/** A bar for each day, and the same as a table. */
export function MovementsChart({ days }: { days: Day[] }) {
  const state = JSON.stringify(days);
  const data = useMemo<[number[], number[]]>(() => [days.map((_, n) => n), days.map((day) => day.movements)], [state]);
  const total = days.reduce((sum, { movements }) => sum + movements, 0);
  const busiest = days.reduce((most, day) => (day.movements > most.movements ? day : most));
  return (
    <>
      <Plot
        data={data}
        height={HEIGHT_PX}
        summary={texts.summary(total, busiest)}
        pointText={(n) => texts.point(days[n]!.date, days[n]!.movements)}
        options={(style) => optionsFor(days, style)}
      />
      <details className={classes.details}>
        <summary>{texts.asTable}</summary>
        <table className={table.table}>
          <thead>
            <tr>
              <th>{texts.day}</th>
              <th className={table.number}>{texts.count}</th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ date, movements }) => (
              <tr key={date}>
                <th scope="row">{utcDay(date)}</th>
                <td className={table.number}>{number(movements)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

function optionsFor(days: Day[], { colour, axis }: PlotStyle): Omit<uPlot.Options, 'width' | 'height'> {
  const isWhole = (value: number) => Number.isInteger(value);
  return {
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: [-0.6, days.length - 0.4] },
      y: { range: (_, __, max) => [0, Math.max(1, max * 1.08)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 28, incrs: [7], values: (_, ticks) => ticks.map((n) => nameOf(days[n])) },
      { ...axis, values: (_, ticks) => ticks.map((tick) => (isWhole(tick) ? number(tick) : '')), size: 52 },
    ],
    series: [
      {},
      {
        label: texts.series,
        fill: colour('--accent'),
        width: 0,
        paths: uPlot.paths.bars!({ size: [0.65, 24], radius: 0.15 }),
        points: { show: false },
      },
    ],
  };
}

const nameOf = (day: Day | undefined): string => (day ? utcDay(day.date) : '');
