import { readOptions, USAGE } from './options.ts';
import { progressReporter } from './progress.ts';
import { replay, type ReplayResult } from './replay.ts';

function options() {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return process.exit(2);
  }
}

function summaryOf({ differences, seconds, ...figures }: ReplayResult): Record<string, number | string> {
  const { posted, replayed } = figures;
  const rate = posted + replayed > 0 ? ((posted + replayed) / seconds).toFixed(0) : '-';
  return { ...figures, seconds: seconds.toFixed(1), 'movements/s': rate, differences: differences.length };
}

try {
  const done = await replay({ ...options(), progress: progressReporter(process.stderr) });
  for (const [name, figure] of Object.entries(summaryOf(done)))
    console.log(`${name.padEnd(12)} ${String(figure).padStart(8)}`);
  for (const { sku, expected, onHand } of done.differences.slice(0, 20)) {
    console.error(`${sku}: ${onHand} on hand, the file says ${expected}`);
  }
  process.exitCode = done.differences.length > 0 ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
