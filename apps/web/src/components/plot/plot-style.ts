import type uPlot from 'uplot';

export interface PlotStyle {
  /** The value of one of the theme's variables. */
  colour: (variable: string) => string;
  axis: uPlot.Axis;
}

/** The theme as a canvas needs it: it knows no variables. */
export function plotStyle(element: HTMLElement): PlotStyle {
  const style = getComputedStyle(document.documentElement);
  const colour = (variable: string) => style.getPropertyValue(variable).trim();
  return {
    colour,
    axis: {
      stroke: colour('--mantine-color-dimmed'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
      font: `11px ${getComputedStyle(element).fontFamily}`,
    },
  };
}
