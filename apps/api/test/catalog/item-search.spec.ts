import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  for (const [sku, name, category, barcode] of items)
    await api.operator.post('/items', { sku, name, category, barcode });
});
afterAll(() => api.close());

const items: [sku: string, name: string, category?: string, barcode?: string][] = [
  ['TEA-9', 'Teapot, porcelain', 'Kitchen', '2000000000206'],
  ['TEA-90', 'Tea towel TEA-9 TEA-9 TEA-9', 'Textiles'],
  ['POT', 'Lid for teapot', 'Kitchen'],
  ['LID-7', 'Pot lid', 'Pot accessories'],
  ['ΟΔΟΣ-1', 'Χάρτης ΟΔΟΣ', 'İstanbul'],
  ['CAFÉ', 'Café au lait bowl ‹déjà vu›'],
  ['+++', 'Set of three plus signs'],
  ["O'NEIL\\7", "O'Neil's (best) 50% & more"],
  ['漢字-5', '漢字 cup'],
];

const search = (q: string, more = '') => api.viewer.get(`/items?q=${encodeURIComponent(q)}${more}`);
const found = async (q: string) => skusOf(await search(q));
const skusOf = ({ body }: { body: { items: { sku: string }[] } }) => body.items.map(({ sku }) => sku);

describe('the search for items', () => {
  it('puts the item whose SKU or barcode it is first', async () => {
    expect(await found('tea-9')).toEqual(['TEA-9', 'TEA-90']);
    expect(await found('pot')).toEqual(['POT', 'LID-7']);
    expect(await found(' POT ')).toEqual(['POT', 'LID-7']);
    expect(await found('2000000000206')).toEqual(['TEA-9']);
  });

  it('finds words by their beginning, all of them, in any order', async () => {
    expect(await found('porc tea')).toEqual(['TEA-9']);
    expect(await found('kitch')).toEqual(expect.arrayContaining(['TEA-9', 'POT']));
    expect(await found('tea nothing')).toEqual([]);
    expect(await found('eapot')).toEqual(expect.arrayContaining(['TEA-9', 'POT']));
  });

  it.each([
    ['porcelian', 'TEA-9'],
    ['towle', 'TEA-90'],
    ['acessories', 'LID-7'],
    ['textlies tea', 'TEA-90'],
  ])('finds an item in spite of the typo in %s', async (q, sku) => {
    expect(await found(q)).toEqual([sku]);
  });

  it('reads letters of any script in any case', async () => {
    expect(await found('οδοσ')).toEqual(['ΟΔΟΣ-1']);
    expect(await found('ΟΔΟΣ')).toEqual(['ΟΔΟΣ-1']);
    expect(await found('İSTANBUL')).toEqual(['ΟΔΟΣ-1']);
    expect(await found('DÉJÀ')).toEqual(['CAFÉ']);
    expect(await found('漢')).toEqual(['漢字-5']);
  });

  it('takes punctuation for what parts words, or for the whole of a SKU', async () => {
    expect(await found('+++')).toEqual(['+++']);
    expect(await found("o'neil\\7")).toEqual(["O'NEIL\\7"]);
    expect(await found('(best) 50%&')).toEqual(["O'NEIL\\7"]);
    for (const q of ["'", '\\', '!*', "':*", "'); DROP TABLE item; --", '\u2028', 'a'.repeat(200)])
      expect(await search(q)).toEqual(response(200, { items: [], nextCursor: null }));
  });

  it('pages through what it found, each once, the best first', async () => {
    for (let n = 0; n < 7; n++) await api.operator.post('/items', { sku: `SPOON-${n}`, name: 'Spoon' });
    const whole = await found('spoon');
    expect(whole).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `SPOON-${n}`));
    const first = await search('spoon', '&limit=4&count=true');
    expect(pick(first.body, 'count', 'countIsCapped', 'nextCursor')).toEqual({
      count: 7,
      countIsCapped: false,
      nextCursor: expect.any(String),
    });
    const second = await search('spoon', `&limit=4&cursor=${first.body.nextCursor}`);
    expect([...skusOf(first), ...skusOf(second)]).toEqual(whole);
    expect(second.body.nextCursor).toBeNull();
  });

  it('goes with the filters, but not with a sort', async () => {
    expect(skusOf(await search('lid', '&category=Kitchen'))).toEqual(['POT']);
    expect(await search('lid', '&sort=name')).toEqual(
      problem('invalid-parameters', {
        detail: 'A search is sorted by rank; leave out sort.',
        errors: [{ pointer: '/sort', detail: 'cannot go with q' }],
      }),
    );
  });

  it('forgets neither what was renamed nor what came back', async () => {
    const { body } = await api.operator.post('/items', { sku: 'LAMP', name: 'Lantern' });
    await api.operator.patch(`/items/${body.id}`, { name: 'Chandelier' });
    expect(await found('lantern')).toEqual([]);
    expect(await found('chandelire')).toEqual(['LAMP']);
    await api.operator.delete(`/items/${body.id}`);
    expect(await found('chandelier')).toEqual([]);
    await api.operator.patch(`/items/${body.id}`, { archived: false });
    expect(await found('chandelier')).toEqual(['LAMP']);
  });
});
