import { parseArgs } from 'node:util';
import type { ReplayOptions } from './replay.ts';

export const USAGE = `Usage: npm run replay -- <sales.csv> [options]

Books a file of sales (the columns of UCI's "Online Retail") through the API of a running Stockroom, then compares every
stock level with the file's own sum. Running it again changes nothing.

  --url <url>            where Stockroom answers (http://localhost:3000)
  --api-key <key>        an operator's API key (or STOCKROOM_API_KEY)
  --email <address>      or a person's account (or STOCKROOM_EMAIL) …
  --password <password>  … with its password (or STOCKROOM_PASSWORD, which other people's \`ps\` does not show)
  --location <code>      where the stock is kept; one file, one location (RETAIL)
  --concurrency <n>      movements under way at once (8)`;

/** @throws Error that says what is wrong with the command line */
export function readOptions(args: string[], environment: NodeJS.ProcessEnv): Omit<ReplayOptions, 'progress'> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://localhost:3000' },
      'api-key': { type: 'string', default: environment.STOCKROOM_API_KEY },
      email: { type: 'string', default: environment.STOCKROOM_EMAIL },
      password: { type: 'string', default: environment.STOCKROOM_PASSWORD },
      location: { type: 'string', default: 'RETAIL' },
      concurrency: { type: 'string', default: '8' },
    },
  });
  const { url, 'api-key': apiKey, email, password, location, concurrency } = values;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error('Name one file.');
  if (apiKey === undefined && (email === undefined || password === undefined)) {
    throw new Error('Name the credentials: --api-key, or --email and --password.');
  }
  if (!/^[1-9]\d?$/.test(concurrency)) throw new Error('--concurrency is a number from 1 to 99.');
  return { file, url, credentials: { apiKey, email, password }, location, concurrency: Number(concurrency) };
}
