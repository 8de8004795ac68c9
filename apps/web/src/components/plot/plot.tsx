import 'uplot/dist/uPlot.min.css';
import { useColorScheme } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import classes from './plot.module.css';
import type { PlotStyle } from './plot-style.ts';
import { plotStyle } from './plot-style.ts';

interface PlotProps {
  /** x and y of each point, x rising. Made again only when there is something new to draw. */
  data: [number[], number[]];
  options: (style: PlotStyle) => Omit<uPlot.Options, 'width' | 'height'>;
  /** In pixels. */
  height: number;
  /** What the chart shows, in words: all that some people get of it. */
  summary: string;
  /** How one point is read out. */
  pointText: (index: number) => string;
}

/** A chart that the pointer and the arrow keys read point by point. */
export function Plot({ data, options, height, summary, pointText }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const scheme = useColorScheme();
  const [at, setAt] = useState<number>();
  useEffect(() => {
    const element = frame.current!;
    const hooks = { setCursor: [({ cursor: { idx } }: uPlot) => setAt(idx ?? undefined)] };
    const made = new uPlot(
      { ...options(plotStyle(element)), width: element.clientWidth, height, legend: { show: false }, hooks },
      data,
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
    // The colours are read when it is made, and the options never change.
  }, [data, scheme]);
  const read = (event: KeyboardEvent) => {
    const last = data[0].length - 1;
    const to = { ArrowLeft: (at ?? last + 1) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: last }[event.key];
    if (to === undefined || !plot.current) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(last, to));
    setAt(index);
    plot.current.setCursor({
      left: plot.current.valToPos(data[0][index]!, 'x'),
      top: plot.current.valToPos(data[1][index]!, 'y'),
    });
  };
  return (
    <figure className={classes.figure}>
      <div
        ref={frame}
        role="img"
        aria-label={summary}
        tabIndex={0}
        className={classes.frame}
        style={{ minHeight: height }}
        onKeyDown={read}
      />
      <figcaption className={classes.caption} aria-live="polite">
        {at === undefined || at >= data[0].length ? summary : pointText(at)}
      </figcaption>
    </figure>
  );
}
