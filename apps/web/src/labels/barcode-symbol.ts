import { code128, type DrawingContext, ean13, ean8, qrcode, upca } from 'bwip-js/browser';

/** A barcode or QR code as black shapes, measured in modules: the narrowest bar is one wide. */
export interface BarcodeSymbol {
  /** What a scanner takes it for. */
  kind: 'EAN-13' | 'EAN-8' | 'UPC-A' | 'Code 128' | 'QR';
  /** Modules, the quiet zones included. */
  width: number;
  height: number;
  /** Of an SVG path, filled by the rule `evenodd`. */
  path: string;
}

/** Printable ASCII: what Code 128 holds without control characters. */
const CODE_128 = /^[\x20-\x7e]+$/;
/** Past this, the bars are too narrow on any label that one would stick on an item. */
const CODE_128_LENGTH = 40;
/** Empty modules that scanners need at both sides (GS1 General Specifications; ISO/IEC 15417, 18004). */
const QUIET = { linear: 11, qr: 4 };
const LINEAR_HEIGHT = 40;

/** @returns undefined where no barcode can hold this text */
export function encodeBarcode(text: string): BarcodeSymbol | undefined {
  const kind = linearKind(text);
  if (!kind) return undefined;
  const { encode, name } = LINEAR[kind];
  const bars = encode({ bcid: kind, text, scale: 1 }, new Bars());
  const end = Math.max(...bars.map(({ at, width }) => at + width));
  const path = bars.map(({ at, width }) => `M${at + QUIET.linear} 0h${width}v${LINEAR_HEIGHT}h-${width}z`).join('');
  return { kind: name, width: end + 2 * QUIET.linear, height: LINEAR_HEIGHT, path };
}

/** Any text. With the encoder's usual error correction, M: about a seventh of it may be soiled. */
export function encodeQr(text: string): BarcodeSymbol {
  const { size, path } = qrcode({ bcid: 'qrcode', text, scale: 1 }, new Squares());
  const side = size + 2 * QUIET.qr;
  return { kind: 'QR', width: side, height: side, path };
}

const LINEAR = {
  ean13: { name: 'EAN-13', encode: ean13<Bar[]> },
  ean8: { name: 'EAN-8', encode: ean8<Bar[]> },
  upca: { name: 'UPC-A', encode: upca<Bar[]> },
  code128: { name: 'Code 128', encode: code128<Bar[]> },
} as const;

function linearKind(text: string): keyof typeof LINEAR | undefined {
  const retail = ({ 8: 'ean8', 12: 'upca', 13: 'ean13' } as const)[text.length];
  if (retail && /^\d+$/.test(text) && hasCheckDigit(text)) return retail;
  return CODE_128.test(text) && text.length <= CODE_128_LENGTH ? 'code128' : undefined;
}

/** From the right, every second digit counts three times, and all together make a multiple of ten. */
export const hasCheckDigit = (digits: string): boolean =>
  [...digits].reduceRight((sum, digit, n) => sum + Number(digit) * ((digits.length - 1 - n) % 2 === 0 ? 1 : 3), 0) %
    10 ===
  0;

interface Bar {
  /** Modules from the left. */
  at: number;
  width: number;
}

/** What every symbol of ours does without: text, colours, other shapes. */
class Drawing {
  scale = (x: number, y: number): [number, number] => [x, y];
  measure = () => ({ width: 0, ascent: 0, descent: 0 });
  init(_width: number, _height: number): void {}
  line(_x0: number, _y0: number, _x1: number, _y1: number, _width: number): void {}
  polygon(_points: [number, number][]): void {}
  hexagon(): void {}
  ellipse(): void {}
  fill(): void {}
  text(): void {}
}

class Bars extends Drawing implements DrawingContext<Bar[]> {
  private readonly bars: Bar[] = [];

  /** A bar's middle, in whole pixels: the half that an odd width leaves is to its left. */
  override line(x: number, _y0: number, _x1: number, _y1: number, width: number): void {
    this.bars.push({ at: x - Math.ceil(width / 2), width });
  }

  end = () => this.bars;
}

/** The encoder draws a module two pixels wide. */
const QR_SCALE = 2;

class Squares extends Drawing implements DrawingContext<{ size: number; path: string }> {
  private size = 0;
  private path = '';

  override init(width: number): void {
    this.size = width / QR_SCALE;
  }

  override polygon(points: [number, number][]): void {
    const corners = points.map(([x, y]) => `${x / QR_SCALE + QUIET.qr} ${y / QR_SCALE + QUIET.qr}`);
    this.path += `M${corners.join('L')}z`;
  }

  end = () => ({ size: this.size, path: this.path });
}
