import { expect, it } from '@jest/globals';
import { FNC1, parseElementString } from './gs1.ts';

const GTIN = '09506000134352';

it.each([
  [`]C101${GTIN}10ABC${FNC1}3712`, 12, `(01)${GTIN}(10)ABC(37)12`],
  [`]d201${GTIN}1728022910LOT${FNC1}30007`, 7, `(01)${GTIN}(17)280229(10)LOT(30)007`],
  [`${FNC1}01${GTIN}21SERIAL-9`, undefined, `(01)${GTIN}(21)SERIAL-9`],
  [`02${GTIN}3724`, 24, `(02)${GTIN}(37)24`],
  [`(01)${GTIN}(30)5`, 5, `(01)${GTIN}(30)5`],
  [`01${GTIN}300`, undefined, `(01)${GTIN}(30)0`],
])('reads the item and the quantity of %j, and what it says so that it can be read again', (code, quantity, text) => {
  const read = { gtin: GTIN, quantity, text };
  expect(parseElementString(code)).toEqual(read);
  expect(parseElementString(text)).toEqual(read);
});

it.each([
  'SKU-01',
  '4006381333931',
  ']C1',
  ']C1010950600013',
  `]C100${'1'.repeat(18)}`,
  `01${GTIN}230x`,
  `01${'A'.repeat(14)}`,
])('sees no item in %j', (code) => {
  expect(parseElementString(code)).toBeUndefined();
});

it('does not read what is longer than any symbol', () => {
  expect(parseElementString(`01${GTIN}${`10A${FNC1}`.repeat(1_000)}`)).toBeUndefined();
});
