import { paths, ports } from '#runtime';
import type { Environment, ServiceName } from '../../environments/environment.ts';
import { logGroupName } from '../../environments/names.ts';
import type { Container } from './container.ts';

/** The `node` user of the base image. */
const USER = '1000:1000';

/**
 * Asks whether the process is running. In bash, which Debian's images have: starting node for it would take 16 times the
 * CPU time and 10 times the memory, in every container, every 15 seconds.
 */
const healthCommand = (port: number): string[] => [
  'CMD',
  'bash',
  '-c',
  [
    `exec 3<>/dev/tcp/127.0.0.1/${port}`,
    String.raw`printf 'GET ${paths.live} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3`,
    `read -r -d '' -u 3 response`,
    `[[ $response == 'HTTP/1.1 200 '* ]]`,
  ].join('; '),
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
      ...(environment.otlpEndpoint !== undefined && { OTEL_EXPORTER_OTLP_ENDPOINT: environment.otlpEndpoint }),
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
