import type { Environment } from '../../environments/environment.ts';
import type { ClusterSettings } from '../../environments/settings/cluster.ts';

/** What differs from container to container; `containerDefinition` adds what they share. */
export interface Container {
  name: string;
  image: string;
  /** The image's user; never root. */
  user: string;
  cpu: number;
  memoryReservationMiB: number;
  memoryMiB: number;
  command?: string[];
  /** Inside the container. */
  port?: number;
  environment: Record<string, string>;
  /** Variable → ARN of the secret. */
  secrets: Record<string, string>;
  healthCommand?: string[];
  stopTimeoutSeconds: number;
  mountPoints?: { sourceVolume: string; containerPath: string }[];
  /** ECS Exec writes its own programs into the container. Default: nothing may be written. */
  writable?: boolean;
  /** Folders that may be written to, in memory. */
  tmpfs: string[];
  logGroup: string;
}

const SCRATCH_MIB = 16;

/** The JSON of a task definition's only container. In bridge mode its host port is dynamic. */
export function containerDefinition(it: Container, environment: Environment, mode: 'bridge' | 'awsvpc'): string {
  const { region, cluster } = environment;
  return JSON.stringify([
    {
      name: it.name,
      image: it.image,
      essential: true,
      cpu: it.cpu,
      memory: it.memoryMiB,
      memoryReservation: it.memoryReservationMiB,
      ...(it.command && { command: it.command }),
      portMappings:
        it.port === undefined
          ? []
          : [{ containerPort: it.port, hostPort: mode === 'bridge' ? 0 : it.port, protocol: 'tcp' }],
      environment: sorted(it.environment).map(([name, value]) => ({ name, value })),
      secrets: sorted(it.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
      mountPoints: it.mountPoints ?? [],
      volumesFrom: [],
      systemControls: [],
      user: it.user,
      privileged: false,
      readonlyRootFilesystem: it.writable !== true,
      // ECS places it only on instances whose agent has ECS_SELINUX_CAPABLE or ECS_APPARMOR_CAPABLE.
      ...(hasSecurityOptions(cluster) && { dockerSecurityOptions: ['no-new-privileges'] }),
      linuxParameters: {
        initProcessEnabled: true,
        capabilities: { add: [], drop: ['ALL'] },
        tmpfs: it.tmpfs.map((containerPath) => ({
          containerPath,
          size: SCRATCH_MIB,
          mountOptions: ['noexec', 'nosuid'],
        })),
      },
      ...(it.healthCommand && {
        // The first check comes after one interval, and every deployment waits for it.
        healthCheck: { command: it.healthCommand, interval: 15, timeout: 5, retries: 3, startPeriod: 30 },
      }),
      stopTimeout: it.stopTimeoutSeconds,
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': it.logGroup,
          'awslogs-region': region,
          'awslogs-stream-prefix': it.name,
          // A slow log service must not stop requests.
          mode: 'non-blocking',
          'max-buffer-size': '4m',
        },
      },
    },
  ]);
}

/** Our own instances register the attribute, see user-data.ts. */
const hasSecurityOptions = (cluster: ClusterSettings): boolean => cluster.from === 'create' || cluster.securityOptions;

/** By name, so that the order in which they were written changes no task definition. */
const sorted = (record: Record<string, string>): [string, string][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
