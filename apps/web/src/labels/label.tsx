import type { Item } from '../catalog/items.ts';
import classes from './label.module.css';
import { encodeBarcode, encodeQr, type BarcodeSymbol } from './barcode-symbol.ts';

/** What a scanner reads: the maker's code, where there is one. */
export const labelCode = ({ barcode, sku }: Item): string => barcode ?? sku;

interface LabelProps {
  item: Item;
  symbol: 'barcode' | 'qr' | 'both';
}

export function Label({ item, symbol }: LabelProps) {
  const code = labelCode(item);
  const barcode = symbol === 'qr' ? undefined : encodeBarcode(code);
  const qr = symbol !== 'barcode' || !barcode ? encodeQr(code) : undefined;
  return (
    <div className={classes.label} data-symbol={barcode && qr ? 'both' : undefined}>
      <div className={classes.name}>{item.name}</div>
      <div className={classes.symbols}>
        {barcode && <SymbolSvg symbol={barcode} code={code} className={classes.barcode!} />}
        {qr && <SymbolSvg symbol={qr} code={code} className={classes.qr!} />}
      </div>
      <div className={classes.code}>
        <span>{code}</span>
        {code !== item.sku && <span>{item.sku}</span>}
      </div>
    </div>
  );
}

/** A barcode fills its place: all bars grow alike. */
const SymbolSvg = ({ symbol, code, className }: { symbol: BarcodeSymbol; code: string; className: string }) => (
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
