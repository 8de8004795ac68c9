import type { Item } from '../catalog/items.ts';
import classes from './label.module.css';
import { encodeBarcode, encodeQr } from './barcode-symbol.ts';
import { SymbolSvg } from './symbol-svg.tsx';

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
        {barcode && <SymbolSvg symbol={barcode} label={`${barcode.kind}: ${code}`} className={classes.barcode!} />}
        {qr && <SymbolSvg symbol={qr} label={`QR: ${code}`} className={classes.qr!} />}
      </div>
      <div className={classes.code}>
        <span>{code}</span>
        {code !== item.sku && <span>{item.sku}</span>}
      </div>
    </div>
  );
}
