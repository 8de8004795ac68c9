#!/usr/bin/env node
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { ApiProblem, createStockroomClient } from '../../../libs/client/src/index.ts';
import { CALL_TIMEOUT_MS, createServer } from './server.ts';
import { readSettings } from './settings.ts';

/** Standard output belongs to the protocol. */
const log = (text: string): void => void process.stderr.write(`stockroom-mcp: ${text}\n`);
// Where the client has closed it, an error of writing must not lead to another (modelcontextprotocol/typescript-sdk#2002).
process.stderr.on('error', () => undefined);

try {
  const { url, key: token } = readSettings(process.env, process.argv.slice(2));
  // A person waits for each call.
  const api = createStockroomClient({ url, token, maxAttempts: 3, maxRetryAfter: 10, timeoutMs: CALL_TIMEOUT_MS / 3 });
  const { data: caller } = await api.GET('/api/v1/caller', { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
  log(`connected to ${url} as ${caller.role}`);
  serveStdio(() => createServer(api, caller), { onerror: ({ message }) => log(message) });
} catch (error) {
  const { message, cause } = error as Error;
  log(error instanceof ApiProblem || !cause ? message : `${message}: ${(cause as Error).message}`);
  process.exitCode = 1;
}
