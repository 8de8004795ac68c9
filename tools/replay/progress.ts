const BAR = 30;
/** How often a line is written where there is no terminal, in ms. */
const EVERY_MS = 3_000;

/** Shows how far things are: a bar on a terminal, else a line every few seconds. */
export function progressReporter(output: NodeJS.WriteStream): (step: string, done: number, total: number) => void {
  let written = 0;
  return (step, done, total) => {
    const now = performance.now();
    const finished = done === total;
    if (!finished && now - written < (output.isTTY ? 50 : EVERY_MS)) return;
    written = now;
    const filled = Math.round((BAR * done) / Math.max(total, 1));
    const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}]`;
    if (output.isTTY) output.write(`\r${step.padEnd(14)} ${bar} ${done} of ${total}${finished ? '\n' : ''}`);
    else output.write(`${step}: ${done} of ${total}\n`);
  };
}
