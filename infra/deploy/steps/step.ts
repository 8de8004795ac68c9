import { Listr } from 'listr2';
import type { Deployment } from '../deployment.ts';

/** Shows what is going on; the last line stays visible while the step runs. */
export type OnProgress = (line: string) => void;

export interface Step {
  title: string;
  /** Why it is left out; undefined: it is not. */
  skip?: (deployment: Deployment) => string | undefined;
  /** @returns what came of it, to stand behind the title */
  run: (deployment: Deployment, onProgress: OnProgress) => Promise<string | void>;
}

/** One after the other, until one fails: a list that lives in a terminal, plain lines elsewhere. */
export async function runSteps(deployment: Deployment, steps: Step[]): Promise<void> {
  let failure: unknown;
  const list = steps.map(({ title, skip, run }) => ({
    title,
    skip: () => skip?.(deployment) ?? false,
    task: async (_: unknown, task: { title: string; output: string }) => {
      try {
        const result = await run(deployment, (line) => (task.output = line));
        if (result) task.title = `${title}: ${result}`;
      } catch (error) {
        failure = error;
        throw new Error('see below', { cause: error });
      }
    },
  }));
  await new Listr(list, { fallbackRenderer: 'simple' }).run().catch(() => {
    throw failure; // Whole, and after the list, where nothing shortens it.
  });
}
