import type { EC2, Instance, _InstanceType } from '@aws-sdk/client-ec2';
import { createHash } from 'node:crypto';
import type { ContainerInstance } from '../scheduler/model.ts';

/** Of an instance's memory: what the kernel and Docker keep (7 %), and what the agent keeps by default, in MiB. */
const KERNEL_SHARE = 0.07;
const AGENT_MIB = 32;

/**
 * The container instances that an account's running EC2 instances become: the agent registers with the cluster that the
 * user data names, with the attributes that its settings switch on.
 */
export async function containerInstances(
  ec2: EC2,
  addressFor: (id: string) => Promise<string>,
): Promise<ContainerInstance[]> {
  const { Reservations = [] } = await ec2.describeInstances({
    Filters: [{ Name: 'instance-state-name', Values: ['running'] }],
  });
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  const found = await Promise.all(instances.map((instance) => registered(ec2, instance, addressFor)));
  return found.filter((it) => it !== undefined);
}

async function registered(
  ec2: EC2,
  { InstanceId, InstanceType, Placement, Architecture }: Instance,
  addressFor: (id: string) => Promise<string>,
): Promise<ContainerInstance | undefined> {
  const { UserData } = await ec2.describeInstanceAttribute({ InstanceId, Attribute: 'userData' });
  const script = Buffer.from(UserData?.Value ?? '', 'base64').toString('utf8');
  const settings = Object.fromEntries(
    [...script.matchAll(/^(ECS_\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  if (!settings.ECS_CLUSTER) return undefined;
  const { InstanceTypes } = await ec2.describeInstanceTypes({ InstanceTypes: [InstanceType as _InstanceType] });
  const { VCpuInfo, MemoryInfo, NetworkInfo } = InstanceTypes![0]!;
  const reserved = Number(settings.ECS_RESERVED_MEMORY ?? AGENT_MIB);
  const id = createHash('sha256').update(InstanceId!).digest('hex').slice(0, 32);
  const cpuArchitecture = Architecture === 'arm64' ? 'ARM64' : 'X86_64';
  return {
    id,
    arn: `arn:aws:ecs:us-east-1:123456789012:container-instance/${settings.ECS_CLUSTER}/${id}`,
    ec2InstanceId: InstanceId!,
    cluster: settings.ECS_CLUSTER,
    availabilityZone: Placement!.AvailabilityZone!,
    address: await addressFor(InstanceId!),
    cpu: VCpuInfo!.DefaultVCpus! * 1024,
    memory: Math.floor(MemoryInfo!.SizeInMiB! * (1 - KERNEL_SHARE)) - reserved,
    cpuArchitecture,
    networkInterfaces: (NetworkInfo?.MaximumNetworkInterfaces ?? 2) - 1,
    attributes: {
      'ecs.availability-zone': Placement!.AvailabilityZone!,
      'ecs.instance-type': InstanceType!,
      'ecs.cpu-architecture': cpuArchitecture.toLowerCase(),
      ...(settings.ECS_SELINUX_CAPABLE === 'true' && { 'ecs.capability.selinux': '' }),
      ...(settings.ECS_APPARMOR_CAPABLE === 'true' && { 'ecs.capability.apparmor': '' }),
    },
    status: 'ACTIVE',
    agentConnected: true,
  };
}
