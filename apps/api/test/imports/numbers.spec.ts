import { describe, expect, it } from '@jest/globals';
import { currencyOf, withoutCurrency } from '../../src/imports/rows/money.ts';
import { decimalEvidence, parseNumber, scaled } from '../../src/imports/rows/parse-number.ts';
import { proposeMapping } from '../../src/imports/mapping/propose-mapping.ts';
import { pick } from '../../../../test/support/pick.ts';

describe('a number as people write it', () => {
  it.each([
    ['7', undefined, '7'],
    ['4.50', undefined, '4.50'],
    ['4,50', undefined, '4.50'],
    ['1.250,00', undefined, '1250.00'],
    ['1,250.00', undefined, '1250.00'],
    ['1 250,00', undefined, '1250.00'],
    ['1\u202f250', undefined, '1250'],
    ["1'250.50", undefined, '1250.50'],
    ['1.234.567', undefined, '1234567'],
    ['1,23,456', undefined, '123456'],
    ['0,125', undefined, '0.125'],
    ['1,234', 'point', '1234'],
    ['1,234', 'comma', '1.234'],
    ['1.250', 'comma', '1250'],
  ] as const)('%j with the sign %s is %s', (cell, sign, value) => {
    expect(parseNumber(cell, sign)).toEqual({ value });
  });

  it.each([
    ['1,234', undefined, '1,234 is 1234 or 1.234: send ?decimal=point or ?decimal=comma'],
    ['4,50', 'point', '4,50 has a decimal comma, while the decimal sign is the point'],
    ['-2', undefined, '-2 is negative'],
    ['(2)', undefined, '(2) is negative'],
    ['1e3', undefined, '1e3 is in scientific notation: write all digits'],
    ['1,2,3', undefined, '"1,2,3" is not a number'],
    ['12 34', undefined, '"12 34" is not a number'],
    ['many', undefined, '"many" is not a number'],
    ['.', undefined, '"." is not a number'],
  ] as const)('%j with the sign %s is refused', (cell, sign, reason) => {
    expect(parseNumber(cell, sign)).toEqual({ reason });
  });

  it('tells its column’s decimal sign only where it can be read in one way', () => {
    expect(['4.50', '1.250,00', '1.234.567', '1,234', '7'].map(decimalEvidence)).toEqual([
      'point', 'comma', 'comma', undefined, undefined,
    ]); // prettier-ignore
  });

  it('is never rounded', () => {
    expect([scaled('4.5', 2), scaled('4.500', 2), scaled('4.505', 2), scaled('2.5', 0), scaled('7.0', 0)]).toEqual([
      450, 450, undefined, undefined, 7,
    ]); // prettier-ignore
  });
});

describe('an amount', () => {
  const usd = currencyOf('USD');
  it.each(['$4.50', '4.50 $', 'USD 4.50', '4.50 USD', 'US$4.50'])('%j is in US dollars', (cell) => {
    expect(withoutCurrency(cell, usd)).toEqual({ amount: '4.50' });
  });
  it.each(['€4.50', '4,50 EUR', '4.50 kg'])('%j is not', (cell) => {
    expect(withoutCurrency(cell, usd)).toEqual({ reason: expect.stringContaining('is not an amount in USD') });
  });
  it('has the decimals of its currency', () => {
    expect(['USD', 'JPY', 'KWD'].map((code) => currencyOf(code).scale)).toEqual([2, 0, 3]);
  });
});

describe('the mapping of headings', () => {
  const targets = (...headings: string[]) => proposeMapping(headings).map(({ target }) => target);

  it('knows usual names in four languages, however they are written', () => {
    expect(targets('Item Number', 'PRODUCT_NAME', 'Qty', 'Unit Cost', 'UPC')).toEqual([
      'sku',
      'name',
      'quantity',
      'unitCost',
      'barcode',
    ]);
    expect(targets('Artikel-Nr.', 'Bezeichnung', 'Lagerbestand', 'EK-Preis', 'Lagerort')).toEqual([
      'sku',
      'name',
      'quantity',
      'unitCost',
      'location',
    ]);
    expect(targets('Référence', 'Désignation', 'Quantité', 'Prix d’achat', 'Code-barres')).toEqual([
      'sku',
      'name',
      'quantity',
      'unitCost',
      'barcode',
    ]);
    expect(targets('Código', 'Nombre', 'Existencias', 'Coste', 'Almacén')).toEqual([
      'sku',
      'name',
      'quantity',
      'unitCost',
      'location',
    ]);
  });

  it('asks about a column that only looks like one of ours', () => {
    for (const heading of ['Qty in shop', 'quantityInShop', 'Cost of shipping', 'EAN (old)', 'Quantitty']) {
      expect(pick(proposeMapping(['sku', heading])[1]!, 'target', 'question')).toEqual({
        target: `attribute:${heading}`,
        question: expect.stringContaining('looks like'),
      });
    }
    expect(proposeMapping(['sku', 'quantity', 'Qty'])[2]!.question).toContain('both look like quantity');
    expect(proposeMapping(['sku', 'colour', 'Vendor', 'Retail price']).map(({ question }) => question)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('takes "Code" for the SKU where no other column can be it, and asks where it may be another code', () => {
    const code = (headings: string[], samples?: string[][]) => {
      const { target, question } = proposeMapping(headings, {}, samples).find(({ heading }) => heading === 'Code')!;
      return { target, question };
    };
    const sku = { target: 'sku', question: null };
    expect(code(['Code', 'Description', 'Qty'])).toEqual(sku);
    expect(code(['Name', 'Code'], [['Mug'], ['4006381333931', 'MUG-1']])).toEqual(sku);
    expect(code(['Code', 'EAN'], [['40063813'], ['4006381333931']])).toEqual(sku);
    expect(code(['SKU', 'Code'])).toEqual({ target: 'attribute:Code', question: null });
    expect(code(['Item no', 'Code'])).toEqual({ target: 'attribute:Code', question: null });
    expect(code(['Code', 'Name'], [['4006381333931'], ['Mug']])).toEqual({
      target: 'attribute:Code',
      question: expect.stringContaining('Say whether they are the SKU or the barcode: ?mapping={"Code":"sku"}'),
    });
    expect(code(['Code', 'SKU (old)'])).toEqual({
      target: 'attribute:Code',
      question: expect.stringContaining('"SKU (old)" and "Code" both look like sku'),
    });
    expect(proposeMapping(['Code', 'Code']).map(({ question }) => question)).toEqual([
      expect.stringContaining('both look like sku'),
      expect.stringContaining('both look like sku'),
    ]);
    expect(pick(proposeMapping(['Code', 'Name'], { Code: 'barcode' })[0]!, 'target', 'question')).toEqual({
      target: 'barcode',
      question: null,
    });
  });

  it('takes what it is told', () => {
    expect(
      pick(proposeMapping(['sku', 'Qty in shop'], { 'Qty in shop': 'quantity' })[1]!, 'target', 'question'),
    ).toEqual({
      target: 'quantity',
      question: null,
    });
  });

  it('knows the export files of Shopify, WooCommerce and Square', () => {
    expect(targets('Handle', 'Title', 'Type', 'Variant SKU', 'Variant Inventory Qty', 'Variant Price', 'Cost per item')).toEqual([
      'attribute:Handle', 'name', 'category', 'sku', 'quantity', 'attribute:Variant Price', 'unitCost',
    ]); // prettier-ignore
    expect(targets('ID', 'Type', 'SKU', 'Name', 'Is featured?', 'Visibility in catalog', 'In stock?', 'Stock', 'Low stock amount', 'GTIN, UPC, EAN, or ISBN')).toEqual([
      'attribute:ID', 'attribute:Type', 'sku', 'name', 'attribute:Is featured?', 'attribute:Visibility in catalog', 'attribute:In stock?', 'quantity', 'reorderPoint', 'barcode',
    ]); // prettier-ignore
    expect(targets('Token', 'Item Name', 'Variation Name', 'SKU', 'Current Quantity Main St', 'New Quantity Main St', 'Default Unit Cost')).toEqual([
      'attribute:Token', 'name', 'attribute:Variation Name', 'sku', 'quantity', 'attribute:New Quantity Main St', 'unitCost',
    ]); // prettier-ignore
  });
});
