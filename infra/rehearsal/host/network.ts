import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { docker, DockerError } from '../agent/docker-engine.ts';

const run = promisify(execFile);

/** Where the tasks' connections come from, in every rehearsal. */
export const TASK_ADDRESSES = '10.201.0.0/16';
/** Of the account's endpoint. */
export const API_PORT = 4566;

/** The Docker network of the rehearsed VPC. The machine itself has addresses on it, one for each thing that is not a task. */
export class HostNetwork {
  readonly name: string;
  /** Of the machine: the DNS server, the account's endpoint. */
  readonly host: string;
  private readonly slot: number;
  private readonly bridge: string;
  /** The newest last. */
  private readonly taken = new Map<string, string[]>();
  private count = 0;
  private readonly dropped = new Set<string>();

  /** @param slot the rehearsal's number on this machine */
  constructor(slot: number) {
    this.slot = slot;
    this.name = `stockroom-rehearsal-${slot}`;
    this.bridge = `stockroom-reh${slot}`;
    this.host = `10.201.${slot}.1`;
  }

  async create(): Promise<void> {
    await this.remove();
    await docker('POST', '/networks/create', {
      Name: this.name,
      Driver: 'bridge',
      IPAM: { Config: [{ Subnet: `10.201.${this.slot}.0/24`, Gateway: this.host }] },
      Options: { 'com.docker.network.bridge.name': this.bridge },
    });
  }

  /** With all tasks and their volumes, also those of a rehearsal that was broken off. */
  async remove(): Promise<void> {
    for (let n = 0; ; n++) {
      await this.removeTasks();
      const failure = await docker('DELETE', `/networks/${this.name}`).then(
        () => undefined,
        (error: Error) => error,
      );
      if (!failure || (failure instanceof DockerError && failure.status === 404)) return;
      // A container that was about to start when the others were removed.
      if (n === 30) throw failure;
      await sleep(1000);
    }
  }

  private async removeTasks(): Promise<void> {
    const containers = await docker<{ Id: string }[]>(
      'GET',
      `/containers/json?all=true&filters=${encodeURIComponent(`{"label":["stockroom.rehearsal=${this.name}"]}`)}`,
    );
    await Promise.all(containers.map(({ Id }) => docker('DELETE', `/containers/${Id}?force=true&v=true`)));
    const volumes = await docker<{ Volumes: { Name: string }[] | null }>(
      'GET',
      `/volumes?filters=${encodeURIComponent(`{"name":["${this.name}-"]}`)}`,
    );
    await Promise.all((volumes.Volumes ?? []).map(({ Name }) => docker('DELETE', `/volumes/${Name}`)));
  }

  /** An address of its own for what is named; the same one at each call. */
  async addressFor(name: string): Promise<string> {
    return this.addressOf(name) ?? this.renew(name);
  }

  /** Another address beside those that it has. */
  async renew(name: string): Promise<string> {
    const address = `10.202.${this.slot}.${(this.count += 1)}`;
    this.taken.set(name, [...this.addressesOf(name), address]);
    await run('ip', ['address', 'add', `${address}/32`, 'dev', this.bridge]);
    return address;
  }

  /** @returns the earlier addresses, which nothing is to listen at any more; `release` takes them away */
  retire(name: string): string[] {
    const addresses = this.addressesOf(name);
    this.taken.set(name, addresses.slice(-1));
    return addresses.slice(0, -1);
  }

  async release(addresses: string[]): Promise<void> {
    for (const address of addresses) await run('ip', ['address', 'delete', `${address}/32`, 'dev', this.bridge]);
  }

  /** Whether connections from tasks reach this port of what is named; dropped, as a security group drops them. */
  async admitTasks(name: string, port: number, isAdmitted: boolean): Promise<void> {
    const rule = ['INPUT', '-s', TASK_ADDRESSES, '-d', this.addressOf(name)!, '-p', 'tcp', '--dport', String(port), '-j', 'DROP']; // prettier-ignore
    const isDropped = this.dropped.has(name);
    if (isDropped === !isAdmitted) return;
    await run('iptables', [isAdmitted ? '-D' : '-I', ...rule]);
    if (isAdmitted) this.dropped.delete(name);
    else this.dropped.add(name);
  }

  get addresses(): string[] {
    return [...this.taken.values()].flat();
  }

  addressesOf = (name: string): string[] => this.taken.get(name) ?? [];
  addressOf = (name: string): string | undefined => this.taken.get(name)?.at(-1);
}
