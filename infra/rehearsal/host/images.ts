import type { DeployCommand } from './deploy-command.ts';

let count = 0;

/**
 * Another version of an image, pushed beside it.
 * @param lines of a Dockerfile, after FROM
 * @returns as `repository@sha256:…`
 */
export async function deriveImage(command: DeployCommand, from: string, lines: string[]): Promise<string> {
  const name = `${from.split('@')[0]}:drill-${Date.now()}-${(count += 1)}`;
  const run = async (input: string, ...args: string[]) => {
    const { code, output } = await command.spawn(['docker', ...args], { input, variables: { DOCKER_BUILDKIT: '1' } });
    if (code !== 0) throw new Error(`docker ${args[0]} ended with ${code}:\n${output}`);
    return output;
  };
  await run(`FROM ${from}\n${lines.join('\n')}\n`, 'build', '--tag', name, '-');
  await run('', 'push', name);
  return (await run('', 'inspect', '--format', '{{index .RepoDigests 0}}', name)).trim();
}
