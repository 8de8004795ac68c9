import { createInterface } from 'node:readline/promises';

/** @throws where anything but the name is typed */
export async function confirm(question: string, name: string, otherwise: string): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await Promise.race([
    terminal.question(question),
    new Promise<string>((resolve) => terminal.once('close', () => resolve(''))),
  ]);
  terminal.close();
  if (answer.trim() !== name) throw new Error(`That is not ${name}: ${otherwise}.`);
}
