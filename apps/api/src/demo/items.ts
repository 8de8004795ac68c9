import type { Random } from './random.ts';
import { type Family, catalogue, type Season } from './catalogue.ts';

export interface DemoItem {
  sku: string;
  name: string;
  barcode: string | null;
  category: string;
  unit: string;
  unitCost: number | null;
  reorderPoint: number | null;
  attributes: Record<string, string>;
  supplier: string;
  season: Season;
  /** Units that it sells in an average week. */
  weekly: number;
}

/** Units of everything that the shop sells in an average week. */
const UNITS_A_WEEK = 75;

/** Every variant of every family. What hardly sells is bought to order and has no reorder point; a few costs are not known. */
export function itemsOf(random: Random): DemoItem[] {
  const total = catalogue.flatMap(({ families }) => families).reduce((sum, [, , , demand]) => sum + demand, 0);
  return catalogue.flatMap((category, c) =>
    category.families.flatMap((family, f) =>
      family[4].split('|').map((variant, v): DemoItem => {
        const { cost, weekly } = variantOf(family, v, total, random);
        const isToOrder = category.category === 'Bicycles' || weekly < 0.05;
        return {
          ...nameOf(family, variant),
          barcode: ean13(`20${pad(c + 1, 3)}${pad(f + 1, 3)}${pad(v + 1, 4)}`),
          category: category.category,
          unit: 'each',
          unitCost: random.chance(0.02) ? null : cost,
          reorderPoint: isToOrder ? null : Math.max(2, Math.ceil(weekly * 4)),
          attributes: { supplier: category.supplier, variant },
          supplier: category.supplier,
          season: category.season,
          weekly,
        };
      }),
    ),
  );
}

/** Larger variants cost more, and those in the middle of the list sell best. */
function variantOf([, , cost, demand, variants]: Family, v: number, total: number, random: Random) {
  const count = variants.split('|').length;
  const share = (1 + Math.min(v, count - 1 - v)) * (0.7 + 0.6 * random.next());
  const shares = Array.from({ length: count }, (_, n) => 1 + Math.min(n, count - 1 - n)).reduce((a, b) => a + b, 0);
  return {
    cost: Math.round(cost * (1 + 0.05 * v)),
    weekly: (UNITS_A_WEEK * demand * share) / shares / total,
  };
}

const nameOf = ([code, name]: Family, variant: string) => ({
  sku: `${code}-${variant.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '')}`,
  name: `${name}, ${variant}`,
});

const pad = (value: number, length: number) => String(value).padStart(length, '0');

/** Adds the check digit to twelve digits. 20 to 29 in front are left to shops for their own use. */
export function ean13(digits: string): string {
  const sum = [...digits].reduce((total, digit, n) => total + Number(digit) * (n % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
