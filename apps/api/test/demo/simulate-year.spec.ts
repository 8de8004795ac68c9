import { describe, expect, it } from '@jest/globals';
import { ean13 } from '../../src/demo/items.ts';
import { simulateYear } from '../../src/demo/simulate-year.ts';

const NOON = new Date('2026-11-23T12:00:00Z');

describe('a year of the sample shop', () => {
  it('is the same again for the same seed, and another one for another', () => {
    const shop = simulateYear(1, NOON);
    expect(simulateYear(1, NOON)).toEqual(shop);
    expect(simulateYear(2, NOON).movements).not.toEqual(shop.movements);
  });

  it('ends at the time that it is asked for', () => {
    for (const now of [NOON, new Date('2026-11-22T00:00:00Z'), new Date('2028-02-29T06:30:00Z')])
      expect(simulateYear(1, now).movements.every(({ at }) => at < now)).toBe(true);
  });

  it.each([1, 2, 3])('never sells what it does not have (seed %i)', (seed) => {
    const levels = new Map<string, number>();
    let lowest = 0;
    for (const { lines } of simulateYear(seed, NOON).movements) {
      for (const { sku, location, delta } of lines) {
        const onHand = (levels.get(`${sku} ${location}`) ?? 0) + delta;
        lowest = Math.min(lowest, onHand);
        levels.set(`${sku} ${location}`, onHand);
      }
    }
    expect(lowest).toBe(0);
  });

  it('has a barcode of its own for every item, with its check digit', () => {
    expect(ean13('400638133393')).toBe('4006381333931');
    const barcodes = simulateYear(1, NOON).items.map(({ barcode }) => barcode!);
    expect(new Set(barcodes).size).toBe(297);
    for (const barcode of barcodes) {
      expect(barcode).toMatch(/^2\d{12}$/);
      const weighted = [...barcode].reduce((sum, digit, n) => sum + Number(digit) * (n % 2 === 0 ? 1 : 3), 0);
      expect(weighted % 10).toBe(0);
    }
  });

  it('is busiest on Saturdays, closed on Sundays, and sells lights in winter and helmets in summer', () => {
    const { items, movements } = simulateYear(1, NOON);
    const sales = movements.filter(({ reference }) => reference?.startsWith('TILL'));
    const onWeekday = (weekday: number) => sales.filter(({ at }) => at.getUTCDay() === weekday).length;
    expect(onWeekday(0)).toBe(0);
    for (const weekday of [1, 2, 3, 4, 5]) expect(onWeekday(6)).toBeGreaterThan(onWeekday(weekday));
    const sold = (category: string, months: number[]) => {
      const skus = new Set(items.filter((item) => item.category === category).map(({ sku }) => sku));
      return sales
        .filter(({ at }) => months.includes(at.getUTCMonth()))
        .flatMap(({ lines }) => lines.filter(({ sku }) => skus.has(sku))).length;
    };
    expect(sold('Lights', [11, 0, 1])).toBeGreaterThan(sold('Lights', [5, 6, 7]));
    expect(sold('Helmets', [5, 6, 7])).toBeGreaterThan(sold('Helmets', [11, 0, 1]));
  });
});
