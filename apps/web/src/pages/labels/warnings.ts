import type { Item } from '../../catalog/items.ts';
import { labelCode } from '../../labels/label.tsx';
import { type LabelSettings, printedWidth } from '../../labels/paper.ts';
import { encodeBarcode } from '../../labels/barcode-symbol.ts';
import { labelTexts as texts } from '../../texts/labels.ts';

/** The narrowest bar that a usual scanner reads from a usual printer, in millimetres. */
const NARROWEST_MM = 0.19;
/** With a QR code beside it, the bars have at least this share of the width. */
const SHARE_BESIDE_QR = 0.54;
const SHOWN = 3;

/** What would come out of the printer and could not be scanned. */
export function warningsFor(items: Item[], settings: LabelSettings): string[] {
  if (settings.symbol === 'qr') return [];
  const room = printedWidth(settings) * (settings.symbol === 'both' ? SHARE_BESIDE_QR : 1);
  return items
    .flatMap((item) => {
      const barcode = encodeBarcode(labelCode(item));
      if (!barcode) return texts.noBarcode(item.sku);
      const module = room / barcode.width;
      return module < NARROWEST_MM ? texts.narrow(item.sku, module) : [];
    })
    .slice(0, SHOWN);
}
