/** The deployment's currency, as people write it. */
export interface Currency {
  /** ISO 4217. */
  code: string;
  /** Decimals of an amount: 2 for USD, 0 for JPY, 3 for KWD. */
  scale: number;
  /** Signs and codes that mean it: "$", "US$", "USD". */
  signs: Set<string>;
}

export function currencyOf(code: string): Currency {
  const signs = (['symbol', 'narrowSymbol'] as const).flatMap((currencyDisplay) =>
    ['en', 'de', 'fr', 'es'].map((locale) => format(code, locale, currencyDisplay)),
  );
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: code,
  }).resolvedOptions();
  return { code, scale: maximumFractionDigits, signs: new Set([code, ...signs].map((sign) => sign.toUpperCase())) };
}

const format = (currency: string, locale: string, currencyDisplay: 'symbol' | 'narrowSymbol'): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
    .formatToParts(1)
    .find(({ type }) => type === 'currency')!.value;

/** What stands before or after the digits: a currency's sign or code, with a space or without. */
const WITH_SIGN =
  /^(-?)\s*(?<before>[^\d\s.,'’()+−–-]{1,5})?\s*(?<amount>[-−–(]?[\d.,].*?)\s*(?<after>[^\d\s.,'’()−–-]{1,5})?$/u;

/** An amount without its currency, or why it is not in the deployment's currency. */
export function withoutCurrency(cell: string, currency: Currency): { amount: string } | { reason: string } {
  const match = WITH_SIGN.exec(cell.trim());
  if (!match) return { amount: cell };
  const { before, after, amount } = match.groups as { before?: string; after?: string; amount: string };
  const signs = [before, after].filter((sign) => sign !== undefined);
  if (signs.length === 0) return { amount: cell };
  if (/^e[+-]?\d*$/i.test(after ?? '')) return { amount: cell };
  const foreign = signs.find((sign) => !currency.signs.has(sign.toUpperCase()));
  if (foreign !== undefined || signs.length > 1) {
    return {
      reason: `${cell} is not an amount in ${currency.code}: write it without ${signs.join(' and ')}, in ${currency.code}`,
    };
  }
  return { amount: match[1] + amount };
}
