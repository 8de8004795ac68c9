import type { BarcodeSymbol } from './barcode-symbol.ts';

interface SymbolSvgProps {
  symbol: BarcodeSymbol;
  label: string;
  className: string;
}

/** A barcode fills its place: all bars grow alike. */
export const SymbolSvg = ({ symbol, label, className }: SymbolSvgProps) => (
  <svg
    className={className}
    viewBox={`0 0 ${symbol.width} ${symbol.height}`}
    preserveAspectRatio={symbol.kind === 'QR' ? 'xMidYMid' : 'none'}
    shapeRendering="crispEdges"
    role="img"
    aria-label={label}
  >
    <path d={symbol.path} fillRule="evenodd" />
  </svg>
);
