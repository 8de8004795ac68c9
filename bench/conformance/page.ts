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

<!-- Written by \`npm run bench -- conformance\`. What is changed here by hand is lost when it runs. -->

Every rule that the gateway keeps is a set of cases over raw sockets, with both sides in view: what the client got and what
the upstream saw (apps/gateway/test/forwarding/cases). The same cases run here against
${versions}.

A peer's refusal needs the right status only, in whatever words. It is given those of a case's limits that it has a
setting for; where it has none, it cannot keep that rule. That Stockroom passes all is held by \`npm test\`.

${summary(rules, results)}
## Case by case

${details(rules, results)}`;
