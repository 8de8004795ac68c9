import { readFileSync } from 'node:fs';
import type { ServiceName } from '../../environments/environment.ts';

/** What a service's image runs to check its container, as program and arguments. */
export const imageHealthCommand = (service: ServiceName): string[] =>
  JSON.parse(
    /^HEALTHCHECK .*\\\n +CMD (\[.*\])$/m.exec(readFileSync(`Dockerfile.${service}`, 'utf8'))![1]!,
  ) as string[];
