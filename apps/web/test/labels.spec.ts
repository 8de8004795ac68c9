import { expect, it } from '@jest/globals';
import { A4, edgePadding, LABEL_PADDING, layoutPages, sheetLayouts, defaultSettings } from '../src/labels/paper.ts';
import { encodeBarcode } from '../src/labels/barcode-symbol.ts';
import { createItems } from './support/items.ts';
import { readEan13, widthsIn } from './support/linear-code.ts';
import { describeInBrowser } from './support/browser-harness.ts';

it('draws bars that read as the digits they stand for', () => {
  for (const digits of ['4006381333931', '2000600400024', '9780201379624'])
    expect(readEan13(widthsIn(encodeBarcode(digits)!.path))).toBe(digits);
});

it('takes Code 128 where the digits are not those of a retail code, and nothing where no bars can hold the text', () => {
  expect(encodeBarcode('4006381333932')?.kind).toBe('Code 128');
  // Start B, M, U, G, -, 0, 1, the check character and the stop, each of eleven modules but the last (ISO/IEC 15417).
  const code = '211214' + '113321' + '213113' + '112232' + '122132' + '123122' + '123221';
  const widths = widthsIn(encodeBarcode('MUG-01')!.path).join('');
  expect([widths.length, widths.slice(0, 6), widths.slice(-7)]).toEqual([6 * 8 + 7, code.slice(0, 6), '2331112']);
  expect(encodeBarcode('Tasse-ü')).toBeUndefined();
});

it('begins where the sheet is still whole', () => {
  const pages = layoutPages(['a', 'b'], { ...defaultSettings, start: 24, copies: 2 });
  expect(pages.map((page) => page.filter(Boolean))).toEqual([['a'], ['a', 'b', 'b']]);
  expect(pages[0]).toHaveLength(24);
});

it('keeps five millimetres free at the edges of the paper, on every layout', () => {
  for (const [name, layout] of Object.entries(sheetLayouts)) {
    const { columns, rows, label, margin, gap } = layout;
    for (let index = 0; index < columns * rows; index++) {
      const left = margin.left + (index % columns) * (label.width + gap);
      const top = margin.top + Math.floor(index / columns) * label.height;
      const padding = edgePadding(layout, index);
      const free = [
        left + padding.left,
        top + padding.top,
        A4.width - left - label.width + padding.right,
        A4.height - top - label.height + padding.bottom,
      ].map((edge) => edge + LABEL_PADDING);
      expect({ name, index, least: Math.min(...free) >= 4.999 }).toEqual({ name, index, least: true });
    }
  }
});

/** How many pages a PDF has, as it says itself. */
const pagesIn = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

describeInBrowser('The labels page', (harness) => {
  it('prints what was chosen on sheets and on a roll, from the item page on', async () => {
    const [mug] = await createItems(harness.system, [
      { sku: 'MUG-01', name: 'Mug, blue' },
      { sku: 'MUG-02', name: 'Mug, green' },
    ]);
    const person = await harness.signIn('viewer', `/items/${mug.id}`);
    const { page } = person;
    await page.getByRole('link', { name: 'Print a label' }).click();
    await page.getByRole('img', { name: 'Code 128: MUG-01' }).waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('combobox', { name: 'Add an item' }).fill('MUG-02');
    await page.getByRole('option', { name: 'MUG-02 · Mug, green' }).click();
    await page.getByLabel('Copies of each').fill('13');
    await page.getByText('26 labels on 2 sheets').waitFor();
    expect(pagesIn(await page.pdf({ preferCSSPageSize: true }))).toBe(2);
    await page.getByText('Roll', { exact: true }).click();
    await page.getByLabel('Copies of each').fill('2');
    await page.getByText(/^4 labels/).waitFor();
    const roll = await page.pdf({ preferCSSPageSize: true });
    expect(pagesIn(roll)).toBe(4);
    // 62 × 29 mm in points, to whole pixels.
    expect(roll.toString('latin1')).toMatch(/\/MediaBox \[0 0 17[56](\.\d+)? 8[12](\.\d+)?\]/);
    await page.getByText('QR code', { exact: true }).click();
    await page.getByRole('img', { name: 'QR: MUG-01' }).first().waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.setViewportSize({ width: 360, height: 640 });
    await page.waitForFunction(() => document.querySelector('main')!.scrollWidth === 360);
  });
});
