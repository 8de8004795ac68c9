import type { Item } from '../catalog/items.ts';
import classes from './label.module.css';
import { barcodeOf, qrOf, type Symbol } from './symbol.ts';

/** What a scanner reads: the maker's code, where there is one. */
export const codeOf = ({ barcode, sku }: Item): string => barcode ?? sku;

interface LabelProps {
  item: Item;
  symbol: 'barcode' | 'qr' | 'both';
}

export function Label({ item, symbol }: LabelProps) {
  const code = codeOf(item);
  const barcode = symbol === 'qr' ? undefined : barcodeOf(code);
  const qr = symbol !== 'barcode' || !barcode ? qrOf(code) : undefined;
  return (
    <div className={classes.label}>
      <div className={classes.name}>{item.name}</div>
      <div className={classes.symbols}>
        {barcode && <Drawn symbol={barcode} code={code} className={classes.barcode!} />}
        {qr && <Drawn symbol={qr} code={code} className={classes.qr!} />}
      </div>
      <div className={classes.code}>
        <span>{code}</span>
        {code !== item.sku && <span>{item.sku}</span>}
      </div>
    </div>
  );
}

/** A barcode fills its place: all bars grow alike. */
const Drawn = ({ symbol, code, className }: { symbol: Symbol; code: string; className: string }) => (
  <svg
    className={className}
    viewBox={`0 0 ${symbol.width} ${symbol.height}`}
    preserveAspectRatio={symbol.kind === 'QR' ? 'xMidYMid' : 'none'}
    shapeRendering="crispEdges"
    role="img"
    aria-label={`${symbol.kind}: ${code}`}
  >
    <path d={symbol.path} fillRule="evenodd" />
  </svg>
);
