import 'uplot/dist/uPlot.min.css';
import { useColorScheme } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import type { Schema } from '../../../api/client.ts';
import { day, number } from '../../../texts/format.ts';
import { itemTexts } from '../../../texts/item.ts';
import classes from './chart.module.css';

const texts = itemTexts.history;
const HEIGHT_PX = 200;

type History = Schema['History'];

/** Steps, because a level stays as it is until the next movement. The pointer and the arrow keys read each one. */
export function Chart({ history, summary }: { history: History; summary: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const scheme = useColorScheme();
  const [at, setAt] = useState<number>();
  const points = [
    { at: history.from, last: history.opening },
    ...history.points,
    { at: history.to, last: history.points.at(-1)!.last },
  ];
  useEffect(() => {
    const element = frame.current!;
    const made = new uPlot(
      options(element, (index) => setAt(index)),
      dataOf(points),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
    // The colours are read when it is made.
  }, [history, scheme]);
  const read = (event: KeyboardEvent) => {
    const last = points.length - 1;
    const to = { ArrowLeft: (at ?? last + 1) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(last, to));
    setAt(index);
    plot.current?.setCursor({
      left: plot.current.valToPos(Date.parse(points[index]!.at) / 1000, 'x'),
      top: plot.current.valToPos(points[index]!.last, 'y'),
    });
  };
  const point = at === undefined ? undefined : points[at];
  return (
    <figure className={classes.figure}>
      <div
        ref={frame}
        role="img"
        aria-label={`${summary} ${texts.keys}`}
        tabIndex={0}
        className={classes.frame}
        onKeyDown={read}
      />
      <figcaption className={classes.caption} aria-live="polite">
        {point ? texts.point(point.at, point.last) : summary}
      </figcaption>
    </figure>
  );
}

const dataOf = (points: { at: string; last: number }[]): uPlot.AlignedData => [
  points.map(({ at }) => Date.parse(at) / 1000),
  points.map(({ last }) => last),
];

function options(element: HTMLElement, onRead: (index: number | undefined) => void): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--mantine-color-dimmed'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: `11px ${getComputedStyle(element).fontFamily}`,
  };
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.08)] } },
    axes: [
      { ...axis, values: (_, ticks) => ticks.map((tick) => day(tick * 1000)), space: 110 },
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
    hooks: { setCursor: [({ cursor: { idx } }) => onRead(idx ?? undefined)] },
  };
}
