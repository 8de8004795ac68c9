export interface Settings {
  url: string;
  key: string;
}

/** @throws Error that names every variable that is missing or invalid, without its value */
export function readSettings({ STOCKROOM_URL, STOCKROOM_API_KEY }: NodeJS.ProcessEnv, args: string[]): Settings {
  const violations = [
    ...(isBaseUrl(STOCKROOM_URL) ? [] : ['STOCKROOM_URL must be where Stockroom responds: https://stock.example.com']),
    // As the Authorization header takes it.
    ...(/^[!-~]{1,1024}$/.test(STOCKROOM_API_KEY ?? '') ? [] : ['STOCKROOM_API_KEY must be an API key']),
    // Every process of the machine can read them.
    ...(args.length === 0 ? [] : ['settings are taken from the environment, never as arguments']),
  ];
  if (violations.length > 0) throw new Error(violations.join('; '));
  return { url: STOCKROOM_URL!, key: STOCKROOM_API_KEY! };
}

function isBaseUrl(text = ''): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}${url.pathname}`;
}
