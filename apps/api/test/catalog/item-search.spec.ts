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

describe('accents in a search (homebox#1575)', () => {
  beforeAll(async () => {
    for (const [sku, name] of accented) await api.operator.post('/items', { sku, name });
  });

  const accented: [sku: string, name: string][] = [
    ['AC-1', 'Étagère blanche'],
    ['AC-2', 'Etagere noire'],
    ['AC-3', 'Łódź øre'],
    ['AC-4', 'Ångström Größe'],
    ['AC-5', 'Ελληνικά τραπέζι'],
    ['AC-6', 'がラス 한국어'],
  ];

  it.each([
    [
      ['étagère', 'ÉTAGÈRE', 'etagere', 'ETAGERE', 'e\u0301tage\u0300re', 'étagere', 'étag'],
      ['AC-1', 'AC-2'],
    ],
    [['etagére blanche', 'etagrée blanche', 'étagree blanche'], ['AC-1']],
    [['lodz ore', 'Łódź ØRE', 'łódz'], ['AC-3']],
    [['angstrom', 'ÅNGSTRÖM', 'grosse', 'Größe', 'GRÖSSE', 'große'], ['AC-4']],
    [['ελληνικα', 'ΤΡΑΠΕΖΙ', 'τραπέζι'], ['AC-5']],
    [['がラス', 'がラス'.normalize('NFD'), '한국', '한국'.normalize('NFD')], ['AC-6']],
  ])('are ignored in both directions: %j', async (queries, skus) => {
    for (const q of queries) expect([q, (await found(q)).sort()]).toEqual([q, skus]);
  });
});

describe('a typo in a word with digits', () => {
  it.each([
    ['usb3hbu', 'DG-1'],
    ['halogne12v', 'DG-2'],
    ['350lm', 'DG-3'],
  ])('does not hide the item: %s', async (q, sku) => {
    await api.operator.post('/items', { sku: 'DG-1', name: 'USB3hub, seven ports' });
    await api.operator.post('/items', { sku: 'DG-2', name: 'Bulb', category: 'Halogen12V' });
    await api.operator.post('/items', { sku: 'DG-3', name: 'Beaker 350ml' });
    expect(await found(q)).toEqual([sku]);
  });
});

describe('a ranked search (saleor#12555)', () => {
  it('goes on as it began, whatever is added between its pages', async () => {
    for (let n = 0; n < 6; n++) await api.operator.post('/items', { sku: `JUG-${n}`, name: 'Earthenware jug' });
    const whole = await found('earthenwaer');
    expect(whole).toEqual([0, 1, 2, 3, 4, 5].map((n) => `JUG-${n}`));
    const first = await search('earthenwaer', '&limit=2');
    // From now on the typo is a word of its own: a new search finds it alone.
    await api.operator.post('/items', { sku: 'TYPO', name: 'Earthenwaer' });
    expect(await found('earthenwaer')).toEqual(['TYPO']);
    const pages = [first];
    for (
      let cursor = first.body.nextCursor as string | null;
      cursor;
      cursor = pages.at(-1)!.body.nextCursor as string | null
    )
      pages.push(await search('earthenwaer', `&limit=2&cursor=${cursor}`));
    expect(pages.flatMap(skusOf)).toEqual(whole);
  });

  it('refuses a cursor of another search, and one that it did not make', async () => {
    const { nextCursor } = (await search('earthenware', '&limit=1')).body as { nextCursor: string };
    const values = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()) as unknown[];
    const forged = (carried: unknown) =>
      Buffer.from(JSON.stringify([...values.slice(0, -1), carried])).toString('base64url');
    const terms = [[{ prefix: "'" }], [{ prefix: 'a\\' }], [{ anyOf: [] }], [{ anyOf: ["x' | 'y"] }], ['x'], 'x', [{}], [null], [{ prefix: '\0' }], [{ prefix: '' }], [{ prefix: '\ud800' }], Array.from({ length: 9 }, () => ({ prefix: 'x' })), undefined]; // prettier-ignore
    const cursors = [
      ...terms.map((each) => forged({ q: 'earthenware', terms: each })),
      forged(null),
      forged('x'),
      forged({}),
    ];
    for (const cursor of cursors) expect((await search('earthenware', `&cursor=${cursor}`)).status).toBe(400);
    expect((await search('jug', `&cursor=${nextCursor}`)).status).toBe(400);
    expect((await search('earthenware', `&cursor=${nextCursor}`)).status).toBe(200);
  });
});
