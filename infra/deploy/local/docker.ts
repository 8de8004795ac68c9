import { runCommand } from './command.ts';
import { ROOT } from './source.ts';

export interface Build {
  service: string;
  /** Repository and tag. */
  name: string;
  /** `linux/amd64` or `linux/arm64`. */
  platform: string;
  commit: string;
  /** What the image is built from; see `provenance`. */
  labels: Record<string, string>;
  /** Default: the Dockerfile's own. */
  baseImage?: string;
}

/** Of the docker command. */
export function buildArguments({ service, name, platform, commit, labels, baseImage }: Build): string[] {
  const base = baseImage ? ['--build-arg', `BASE_IMAGE=${baseImage}`] : [];
  const labelled = Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]);
  const made = ['--build-arg', `GIT_SHA=${commit}`, '--platform', platform, ...labelled, '--tag', name];
  return ['build', '--file', `Dockerfile.${service}`, ...base, ...made, '.'];
}

export class Docker {
  private readonly onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.onLine = onLine;
  }

  build = (build: Build): Promise<void> => this.run(buildArguments(build));

  login = (registry: string, user: string, password: string): Promise<void> =>
    this.run(['login', '--username', user, '--password-stdin', registry], password);

  push = (name: string): Promise<void> => this.run(['push', name]);

  private run(args: string[], input?: string): Promise<void> {
    // Without attestations an image is one manifest, whose digest is what runs.
    const variables = { DOCKER_BUILDKIT: '1', BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };
    return runCommand('docker', args, { folder: ROOT, variables, input, onLine: this.onLine });
  }
}
