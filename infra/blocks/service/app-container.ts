import { paths, ports } from '#runtime';
import type { Environment, ServiceName } from '../../environments/environment.ts';
import { logGroupName } from '../../environments/names.ts';
import type { Container } from './container.ts';

/** The `node` user of the base image. */
const USER = '1000:1000';

/** Asks whether the process is running, without a shell: the image need not have one. */
const healthCommand = (port: number): string[] => [
  'CMD',
  'node',
  '-e',
  `require('node:http').get('http://127.0.0.1:${port}${paths.live}',(r)=>process.exit(r.statusCode===200?0:1)).on('error',()=>process.exit(1))`,
];

export interface AppContainerOptions {
  image: string;
  environment: Record<string, string>;
  secrets: Record<string, string>;
}

/** The container of one of our services. */
export function appContainer(environment: Environment, service: ServiceName, parts: AppContainerOptions): Container {
  const settings = environment.services[service];
  return {
    name: service,
    image: parts.image,
    user: USER,
    cpu: settings.cpu,
    memoryReservationMiB: settings.memoryReservationMiB,
    memoryMiB: settings.memoryMiB,
    port: ports[service],
    environment: {
      NODE_ENV: 'production',
      PORT: String(ports[service]),
      ...parts.environment,
      ...settings.environment,
    },
    secrets: parts.secrets,
    healthCommand: healthCommand(ports[service]),
    stopTimeoutSeconds: settings.stopTimeoutSeconds,
    writable: settings.exec,
    tmpfs: ['/tmp'],
    logGroup: logGroupName(environment, service),
  };
}
