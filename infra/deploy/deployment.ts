import { mkdirSync, createWriteStream, type WriteStream } from 'node:fs';
import { type Environment, type ServiceName } from '../environments/environment.ts';
import { environmentNamed } from '../environments/index.ts';
import { readVariables, type Variables } from '../environments/variables.ts';
import { validate } from '../validation/validate.ts';
import { type Aws, createClients } from './aws/clients.ts';
import { parseSeverity, type Severity } from './aws/image-scan.ts';
import type { Outputs } from './local/cdktf.ts';

const LOGS = '.stockroom/deploy';

/** What the steps of a command hand to one another. */
export interface Deployment {
  environment: Environment;
  variables: Variables;
  aws: Aws;
  /** Everything that the commands below print, for when the last lines are not enough. */
  log: WriteStream;
  /** No image with a finding of this severity or worse is deployed; undefined: scans are not looked at. */
  refusedSeverity?: Severity;
  images: Partial<Record<ServiceName, string>>;
  /** Of a container database, once it is known. */
  databaseInstance?: string;
  platform: Outputs;
  services: Outputs;
}

/** @throws InvalidEnvironmentError with all that is wrong with it */
export async function loadDeployment(name: string, command: string): Promise<Deployment> {
  const variables = await readVariables(name);
  const environment = environmentNamed(name, variables);
  validate(environment);
  mkdirSync(LOGS, { recursive: true });
  const { API_IMAGE: api, GATEWAY_IMAGE: gateway, SCAN } = variables;
  return {
    environment,
    variables,
    aws: createClients(environment.region),
    log: createWriteStream(`${LOGS}/${name}-${command}.log`),
    ...(SCAN && { refusedSeverity: parseSeverity(SCAN) }),
    images: { api, gateway },
    platform: {},
    services: {},
  };
}
