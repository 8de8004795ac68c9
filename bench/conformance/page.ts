import type { Rule } from '../../apps/gateway/test/forwarding/support/case.ts';
import { markdown } from '../support/report.ts';
import type { Failures } from './run-cases.ts';

export interface Result {
  name: string;
  failures: Failures;
}

/** Passed and all cases by rule, one column for each proxy. */
export function summary(rules: Rule[], results: Result[]): string {
  let first = 0;
  const rows = rules.map(({ rule, cases }) => {
    const from = first;
    first += cases.length;
    return [rule, ...results.map(({ failures }) => passed(failures.slice(from, first)))];
  });
  const all = ['**All**', ...results.map(({ failures }) => `**${passed(failures)}**`)];
  return markdown([['', ...results.map(({ name }) => name)], ...rows, all]);
}

const passed = (failures: Failures): string =>
  `${failures.filter((failure) => failure === undefined).length} of ${failures.length}`;

/** Every case of every rule. */
export function details(rules: Rule[], results: Result[]): string {
  let at = 0;
  const header = ['', ...results.map(({ name }) => name)];
  const tables = rules.map(({ rule, cases }) => {
    const rows = cases.map(({ name }) => {
      const marks = results.map(({ failures }) => (failures[at] === undefined ? 'yes' : '**no**'));
      at++;
      return [name.replaceAll('|', '\\|'), ...marks];
    });
    return `### ${rule}\n\n${markdown([header, ...rows])}`;
  });
  return tables.join('\n');
}

/** docs/conformance.md. */
export const page = (rules: Rule[], results: Result[], versions: string): string => `# Conformance

<!-- Written by \`npm run bench -- conformance\`. Changes by hand are lost when it runs. -->

Every rule that the gateway keeps is a set of cases over raw sockets, which state what the client got and what
the upstream saw (apps/gateway/test/forwarding/cases). The same cases run here against
${versions}.

A peer's refusal needs only the right status. A peer gets those limits of a case for which it has a setting; without one, it
fails the case. That Stockroom passes all of them is tested by \`npm test\`.

${summary(rules, results)}
## Case by case

${details(rules, results)}`;
