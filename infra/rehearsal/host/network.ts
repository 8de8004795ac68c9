import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { docker, DockerError } from '../agent/docker-engine.ts';

const run = promisify(execFile);

export const NETWORK = 'stockroom-rehearsal';
const SUBNET = '10.201.0.0/16';
/** Where the tasks' connections come from; everything else has an address of the upper half. */
export const TASK_ADDRESSES = '10.201.0.0/17';
const BRIDGE = 'stockroom-reh';
const HOST = '10.201.0.1';
/** Of the account's endpoint. */
export const API_PORT = 4566;

/** The Docker network of the rehearsed VPC. The machine itself has addresses on it, one for each thing that is not a task. */
export class HostNetwork {
  /** Of the machine: the DNS server, the account's endpoint. */
  readonly host = HOST;
  /** The newest last. */
  private readonly taken = new Map<string, string[]>();
  private count = 0;
  private readonly dropped = new Set<string>();

  static async requireUnused(): Promise<void> {
    if (BRIDGE in networkInterfaces() && (await isListening(HOST, API_PORT)))
      throw new Error('Another rehearsal runs on this machine. Wait until it has ended.');
  }

  static async create(): Promise<HostNetwork> {
    await HostNetwork.remove();
    await docker('POST', '/networks/create', {
      Name: NETWORK,
      Driver: 'bridge',
      IPAM: { Config: [{ Subnet: SUBNET, IPRange: TASK_ADDRESSES, Gateway: HOST }] },
      Options: { 'com.docker.network.bridge.name': BRIDGE },
    });
    return new HostNetwork();
  }

  /** With all tasks and their volumes, also those of a rehearsal that was broken off. */
  static async remove(): Promise<void> {
    const containers = await docker<{ Id: string }[]>(
      'GET',
      `/containers/json?all=true&filters=${encodeURIComponent('{"label":["stockroom.rehearsal"]}')}`,
    );
    await Promise.all(containers.map(({ Id }) => docker('DELETE', `/containers/${Id}?force=true&v=true`)));
    const volumes = await docker<{ Volumes: { Name: string }[] | null }>(
      'GET',
      `/volumes?filters=${encodeURIComponent(`{"name":["${NETWORK}-"]}`)}`,
    );
    await Promise.all((volumes.Volumes ?? []).map(({ Name }) => docker('DELETE', `/volumes/${Name}`)));
    await docker('DELETE', `/networks/${NETWORK}`).catch((error: unknown) => {
      if (!(error instanceof DockerError && error.status === 404)) throw error;
    });
  }

  /** An address of its own for what is named; the same one at each call. */
  async addressFor(name: string): Promise<string> {
    return this.addressOf(name) ?? this.renew(name);
  }

  /** Another address beside those that it has. */
  async renew(name: string): Promise<string> {
    const address = `10.201.200.${(this.count += 1)}`;
    this.taken.set(name, [...this.addressesOf(name), address]);
    await run('ip', ['address', 'add', `${address}/32`, 'dev', BRIDGE]);
    return address;
  }

  /** @returns the earlier addresses, which nothing is to listen at any more; `release` takes them away */
  retire(name: string): string[] {
    const addresses = this.addressesOf(name);
    this.taken.set(name, addresses.slice(-1));
    return addresses.slice(0, -1);
  }

  async release(addresses: string[]): Promise<void> {
    for (const address of addresses) await run('ip', ['address', 'delete', `${address}/32`, 'dev', BRIDGE]);
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

  addressesOf = (name: string): string[] => this.taken.get(name) ?? [];
  addressOf = (name: string): string | undefined => this.taken.get(name)?.at(-1);
}

const isListening = (host: string, port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect({ host, port, timeout: 1000 });
    const end = (result: boolean) => {
      socket.destroy();
      done(result);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false)).once('timeout', () => end(false)); // prettier-ignore
  });
