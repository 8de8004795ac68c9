import type { Item } from '../catalog/items.ts';
import { Label } from './label.tsx';
import classes from './label-page.module.css';
import { A4, defaultLayout, edgePadding, type LabelSettings, sheetLayouts } from './paper.ts';

interface LabelPageProps {
  places: (Item | undefined)[];
  settings: LabelSettings;
}

/** One sheet, or one label of a roll, in its real size. */
export function LabelPage({ places, settings }: LabelPageProps) {
  if (settings.paper === 'roll')
    return (
      <div className={classes.page} style={{ ...sizeOf(settings.roll), gridTemplate: '100% / 100%' }}>
        {places[0] && <Label item={places[0]} symbol={settings.symbol} />}
      </div>
    );
  const layout = sheetLayouts[settings.grid] ?? defaultLayout;
  const { columns, rows, label, margin, gap } = layout;
  return (
    <div
      className={classes.page}
      style={{
        ...sizeOf(A4),
        paddingBlockStart: `${margin.top}mm`,
        paddingInline: `${margin.left}mm`,
        gridTemplate: `repeat(${rows}, ${label.height}mm) / repeat(${columns}, ${label.width}mm)`,
        columnGap: `${gap}mm`,
      }}
    >
      {places.map((item, n) => (
        <div key={n} className={classes.place} style={paddingOf(edgePadding(layout, n))}>
          {item && <Label item={item} symbol={settings.symbol} />}
        </div>
      ))}
    </div>
  );
}

const paddingOf = ({ top, right, bottom, left }: ReturnType<typeof edgePadding>) => ({
  padding: `${top}mm ${right}mm ${bottom}mm ${left}mm`,
});

const sizeOf = ({ width, height }: { width: number; height: number }) => ({
  width: `${width}mm`,
  height: `${height}mm`,
});
