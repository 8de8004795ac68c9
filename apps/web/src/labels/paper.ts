/** All lengths in millimetres. */
export interface SheetLayout {
  columns: number;
  rows: number;
  label: { width: number; height: number };
  /** From the paper's edge to the first label. */
  margin: { left: number; top: number };
  /** Between two columns; rows touch. */
  gap: number;
}

export const A4 = { width: 210, height: 297 };

const centredSheet = (columns: number, rows: number, width: number, height: number, gap = 0): SheetLayout => ({
  columns,
  rows,
  label: { width, height },
  margin: {
    left: (A4.width - columns * width - (columns - 1) * gap) / 2,
    top: (A4.height - rows * height) / 2,
  },
  gap,
});

/** The grids that label makers sell for A4. The labels lie in the middle of the paper. */
export const sheetLayouts: Record<string, SheetLayout> = {
  '3x8': centredSheet(3, 8, 70, 37),
  '3x7': centredSheet(3, 7, 63.5, 38.1, 2.5),
  '2x7': centredSheet(2, 7, 99.1, 38.1, 2.5),
  '4x10': centredSheet(4, 10, 48.5, 25.4),
  '5x13': centredSheet(5, 13, 38.1, 21.2, 2.5),
};

/** Where a remembered layout is no longer one. */
export const defaultLayout = centredSheet(3, 8, 70, 37);

export const ROLL = { min: 15, max: 210 };

export interface LabelSettings {
  paper: 'sheet' | 'roll';
  /** A key of `sheets`. */
  grid: string;
  /** Where on the first sheet to begin; the first label is 1. */
  start: number;
  roll: { width: number; height: number };
  copies: number;
  symbol: 'barcode' | 'qr' | 'both';
}

export const defaultSettings: LabelSettings = {
  paper: 'sheet',
  grid: '3x8',
  start: 1,
  roll: { width: 62, height: 29 },
  copies: 1,
  symbol: 'barcode',
};

const KEY = 'stockroom.labels';

/** As they were the last time: the same paper is in the printer. Where the sheet begins is another place each time. */
export function loadSettings(): LabelSettings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<LabelSettings>;
    const settings = { ...defaultSettings, ...kept, start: 1, copies: 1 };
    return settings.grid in sheetLayouts && settings.roll.width > 0 && settings.roll.height > 0
      ? settings
      : defaultSettings;
  } catch {
    return defaultSettings;
  }
}

export function saveSettings(settings: LabelSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Nothing is lost but a convenience.
  }
}

/** What a label keeps free at its own edges. */
export const LABEL_PADDING = 1.5;
/** What printers cannot reach at the paper's edges; most leave 4.2 mm or less. */
const UNPRINTABLE = 5;

interface Edges {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** How much further a label's content stays away from its edges, because the paper's edge is near. */
export function edgePadding({ columns, label, margin, gap }: SheetLayout, index: number): Edges {
  const [column, row] = [index % columns, Math.floor(index / columns)];
  const left = margin.left + column * (label.width + gap);
  const top = margin.top + row * label.height;
  const needed = (distance: number) => Math.max(0, UNPRINTABLE - LABEL_PADDING - distance);
  return {
    top: needed(top),
    left: needed(left),
    right: needed(A4.width - left - label.width),
    bottom: needed(A4.height - top - label.height),
  };
}

/** What of a label's width is printed on, at the place where that is least. */
export function printedWidth(settings: LabelSettings): number {
  const inside = labelSize(settings).width - 2 * LABEL_PADDING;
  const layout = settings.paper === 'sheet' ? sheetLayouts[settings.grid] : undefined;
  if (!layout) return inside;
  const widths = Array.from({ length: layout.columns }, (_, column) => {
    const { left, right } = edgePadding(layout, column);
    return inside - left - right;
  });
  return Math.min(...widths);
}

export const labelSize = ({ paper, grid, roll }: LabelSettings): { width: number; height: number } =>
  paper === 'roll' ? roll : sheetLayouts[grid]!.label;

/**
 * What goes where: pages of places, an undefined one left empty.
 * @returns on a roll, a page for each label
 */
export function layoutPages<T>(
  items: readonly T[],
  { paper, grid, start, copies }: LabelSettings,
): (T | undefined)[][] {
  const labels: (T | undefined)[] = items.flatMap((item) => Array.from({ length: copies }, () => item));
  if (paper === 'roll') return labels.map((label) => [label]);
  const { columns, rows } = sheetLayouts[grid]!;
  const places = [...Array.from({ length: start - 1 }, () => undefined), ...labels];
  const size = columns * rows;
  return Array.from({ length: Math.ceil(places.length / size) }, (_, n) => places.slice(n * size, (n + 1) * size));
}
