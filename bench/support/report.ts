import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Figure, Spread, Target } from './figures.ts';

const FOLDER = join(import.meta.dirname, '../results');

/** What a run was made on and how: without it a figure says nothing. */
export interface Run {
  suite: string;
  quick: boolean;
  rounds: number;
  seconds: number;
  connections: number;
  generator: string;
  figures: Figure[];
}

/** Writes `results/<suite>.json` and `results/<suite>.md`. @returns the table */
export function report(run: Run): string {
  mkdirSync(FOLDER, { recursive: true });
  const machine = {
    cpu: cpus()[0]!.model.trim(),
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  writeFileSync(join(FOLDER, `${run.suite}.json`), `${JSON.stringify({ at: new Date(), machine, ...run }, null, 2)}\n`);
  const { rounds, seconds, connections, generator } = run;
  const how =
    `${machine.cores} × ${machine.cpu}, ${machine.memoryGiB} GiB, Node ${machine.node}; ${rounds} rounds of ${seconds} s, ` +
    `${connections} connections, load by ${generator}. Medians, with the smallest and the largest.`;
  const table = markdown([HEADER, ...run.figures.map(cells)]);
  writeFileSync(join(FOLDER, `${run.suite}.md`), `${how}\n\n${table}`);
  return `${how}\n\n${table}`;
}

const HEADER = ['', 'unit', 'Stockroom', 'peer', 'ratio', 'target', ''];

const cells = ({ what, unit, ours, peer, ratio, target, met }: Figure): string[] => [
  what,
  unit,
  text(ours),
  peer ? text(peer) : '',
  ratio ? text(ratio) : '',
  aim(target),
  Object.keys(target).length === 0 ? '' : met ? 'met' : 'missed',
];

const aim = ({ atLeast, atMost }: Target): string =>
  [atLeast !== undefined && `≥ ${atLeast}`, atMost !== undefined && `≤ ${atMost}`].filter(Boolean).join(', ');

const text = ({ median, min, max }: Spread): string =>
  min === max ? short(median) : `${short(median)} (${short(min)}–${short(max)})`;

const short = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** Columns of one width, so that the table reads as it stands. */
export function markdown(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |\n`;
  const [header, ...rest] = rows;
  return [header!, widths.map((width) => '-'.repeat(width)), ...rest].map(line).join('');
}
