import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const LINES_KEPT = 40;

export interface CommandOptions {
  /** What a failure calls it. Default: the program and its first argument. */
  name?: string;
  folder?: string;
  /** Beside the process's own. */
  variables?: Record<string, string>;
  /** Goes to its standard input. */
  input?: string;
  onLine?: (line: string) => void;
}

let running = 0;

/** Whether ctrl-C is for a command to answer: Terraform finishes what it has begun, and writes down what it made. */
export const isCommandRunning = (): boolean => running > 0;

/** @throws with the last lines of its output where it ends with anything but 0 */
export async function runCommand(program: string, args: string[], options: CommandOptions = {}): Promise<void> {
  const { name = `${program} ${args[0]}`, folder, variables, input, onLine = () => undefined } = options;
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...variables } });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > LINES_KEPT) lines.shift();
      onLine(line);
    });
  child.stdin.on('error', () => undefined).end(input);
  running += 1;
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  })
    .catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new Error(`${program} is not installed, or not on the path.`) : error;
    })
    .finally(() => (running -= 1));
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${lines.join('\n')}`);
}
