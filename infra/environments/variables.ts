import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** What differs from person to person. An empty variable counts as unset. */
export type Variables = Readonly<Partial<Record<string, string>>>;

/**
 * The process's variables, under them those of the untracked file `.env.<environment>`, and as `AWS_REGION` without either
 * the region of the AWS profile.
 */
export async function readVariables(name: string, own: NodeJS.ProcessEnv = process.env): Promise<Variables> {
  const file = `.env.${name}`;
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const given: Variables = Object.fromEntries(Object.entries({ ...kept, ...own }).filter(([, value]) => value !== ''));
  const region = given.AWS_REGION ?? given.AWS_DEFAULT_REGION ?? (await regionOfProfile());
  return region === undefined ? given : { ...given, AWS_REGION: region };
}

/** As the AWS SDK finds it: `AWS_PROFILE`, or `default`, in `~/.aws/config`. */
async function regionOfProfile(): Promise<string | undefined> {
  // Imported here, since a synthesis with AWS_REGION does not need it.
  const { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } =
    await import('@smithy/core/config');
  const selectors = { ...NODE_REGION_CONFIG_OPTIONS, environmentVariableSelector: () => undefined, default: () => '' };
  return (await loadConfig<string | undefined>(selectors, NODE_REGION_CONFIG_FILE_OPTIONS)()) || undefined;
}

/** `a, b` as a list; undefined where it is unset. */
export const listOf = (text: string | undefined): string[] | undefined => text?.split(',').map((part) => part.trim());
