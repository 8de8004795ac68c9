import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { rules } from '../../apps/gateway/test/forwarding/cases/index.ts';
import { contestants } from './contestants.ts';
import { runCases } from './run-cases.ts';
import { page, type Result, summary } from './page.ts';

const BENCH = resolve(import.meta.dirname, '..');

/** Runs every case against every proxy, writes docs/conformance.md. @returns the summary, and why Stockroom failed where it did */
export async function conformance(): Promise<string> {
  let crashes = 0;
  // What would end a peer's process fails the case that waits for it, and no other.
  process.on('uncaughtException', () => void crashes++).on('unhandledRejection', () => void crashes++);
  const results: Result[] = [];
  for (const contestant of await contestants()) {
    console.error(`${contestant.name} …`);
    crashes = 0;
    results.push({ name: contestant.name, failures: await runCases(rules, contestant) });
    if (crashes > 0) console.error(`${crashes} uncaught errors`);
  }
  const file = resolve(BENCH, '../docs/conformance.md');
  const text = page(rules, results, versions());
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  return summary(rules, results) + failuresOf(results[0]!);
}

function failuresOf({ name, failures }: Result): string {
  const cases = rules.flatMap((rule) => rule.cases);
  return failures
    .flatMap((failure, at) => (failure === undefined ? [] : `\n${name} fails "${cases[at]!.name}": ${failure}`))
    .join('');
}

function versions(): string {
  const { dependencies } = JSON.parse(readFileSync(resolve(BENCH, 'peers/proxies/package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return ['@fastify/http-proxy', 'http-proxy-middleware'].map((name) => `${name} ${dependencies[name]}`).join(' and ');
}
