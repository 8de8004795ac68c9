import { reservedMemory, type Task } from '../scheduler/model.ts';

export interface Surroundings {
  network: string;
  /** Fast motion: how many times as often health checks run. */
  speed: number;
  /** Of the rehearsal's DNS server. */
  dns: string;
  /** The cgroup that holds the instance's budget. */
  cgroupParent: string;
  image: string;
  /** The secrets' values, by variable. */
  secrets: Record<string, string>;
  /** A file with the certificate of the database's authority; only the rehearsal's tasks trust it. */
  certificateAuthority?: string;
}

const AUTHORITY_PATH = '/etc/ssl/rehearsal-ca.pem';
const MIB = 1024 ** 2;
const SECOND = 1_000_000_000;

/**
 * The body of Docker's "create a container" for a task: everything that its task definition says, as the ECS agent hands it
 * on. The soft limit is what placement counts; the hard limit is the cgroup's.
 */
export function containerSpec(task: Task, around: Surroundings): object {
  const { container, networkMode } = task.taskDefinition;
  const { healthCheck: check, linuxParameters: linux = {} } = container;
  const ports = Object.fromEntries(
    container.portMappings.map(({ containerPort, hostPort }) => [
      `${containerPort}/tcp`,
      [{ HostIp: task.instance.address, HostPort: hostPort === 0 ? '' : String(hostPort) }],
    ]),
  );
  const binds = (container.mountPoints ?? []).map(
    ({ sourceVolume, containerPath }) =>
      `${around.network}-${task.instance.ec2InstanceId}-${sourceVolume}:${containerPath}`,
  );
  const authority = around.certificateAuthority ? [`${around.certificateAuthority}:${AUTHORITY_PATH}:ro`] : [];
  return {
    Image: around.image,
    Hostname: task.id.slice(0, 12),
    Env: Object.entries({
      ...Object.fromEntries(container.environment.map(({ name, value }) => [name, value])),
      ...around.secrets,
      ...(around.certificateAuthority && { NODE_EXTRA_CA_CERTS: AUTHORITY_PATH }),
    }).map(([name, value]) => `${name}=${value}`),
    ...(container.command && { Cmd: container.command }),
    ...(container.user && { User: container.user }),
    ...(check && {
      Healthcheck: {
        Test: check.command,
        Interval: Math.ceil((check.interval * SECOND) / around.speed),
        Timeout: check.timeout * SECOND,
        Retries: check.retries,
        StartPeriod: (check.startPeriod ?? 0) * SECOND,
      },
    }),
    StopTimeout: container.stopTimeout ?? 30,
    ExposedPorts: Object.fromEntries(Object.keys(ports).map((port) => [port, {}])),
    Labels: { 'stockroom.rehearsal': around.network, 'stockroom.task': task.arn },
    HostConfig: {
      NetworkMode: around.network,
      Dns: [around.dns],
      CgroupParent: around.cgroupParent,
      CpuShares: Math.max(2, container.cpu),
      Memory: container.memory * MIB,
      MemoryReservation: reservedMemory(container) * MIB,
      MemorySwap: container.memory * MIB,
      ReadonlyRootfs: container.readonlyRootFilesystem ?? false,
      SecurityOpt: container.dockerSecurityOptions ?? [],
      Init: linux.initProcessEnabled ?? false,
      CapDrop: linux.capabilities?.drop ?? [],
      Tmpfs: Object.fromEntries(
        (linux.tmpfs ?? []).map(({ containerPath, size, mountOptions = [] }) => [
          containerPath,
          [...mountOptions, `size=${size}m`].join(','),
        ]),
      ),
      Binds: [...binds, ...authority],
      ...(networkMode === 'bridge' && { PortBindings: ports }),
      LogConfig: { Type: 'json-file', Config: { 'max-size': '16m' } },
    },
  };
}
