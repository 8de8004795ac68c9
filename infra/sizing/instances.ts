/** What an instance type has. Source: the EC2 and ECS guides' tables of instance types, network interfaces and trunking. */
export interface InstanceType {
  vcpus: number;
  memoryMiB: number;
  /** Network interfaces, the instance's own among them. */
  interfaces: number;
  /** Tasks with an address of their own, where the account has ENI trunking; undefined: the type cannot. */
  trunkedTasks?: number;
  architecture: 'x86_64' | 'arm64';
}

const type = (
  vcpus: number,
  memoryGiB: number,
  interfaces: number,
  architecture: InstanceType['architecture'],
  trunkedTasks?: number,
): InstanceType => ({ vcpus, memoryMiB: memoryGiB * 1024, interfaces, architecture, trunkedTasks });

export const instanceTypes: Partial<Record<string, InstanceType>> = {
  't2.micro': type(1, 1, 2, 'x86_64'),
  't2.small': type(1, 2, 3, 'x86_64'),
  't3.micro': type(2, 1, 2, 'x86_64'),
  't3.small': type(2, 2, 3, 'x86_64'),
  't3.medium': type(2, 4, 3, 'x86_64'),
  't4g.micro': type(2, 1, 2, 'arm64'),
  't4g.small': type(2, 2, 3, 'arm64'),
  't4g.medium': type(2, 4, 3, 'arm64'),
  'm6i.large': type(2, 8, 3, 'x86_64', 10),
  'm7i.large': type(2, 8, 3, 'x86_64', 10),
  'm6g.large': type(2, 8, 3, 'arm64', 10),
  'm7g.large': type(2, 8, 3, 'arm64', 10),
  'm6i.xlarge': type(4, 16, 4, 'x86_64', 20),
  'm7g.xlarge': type(4, 16, 4, 'arm64', 20),
};
