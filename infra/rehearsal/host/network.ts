import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { docker, DockerError } from '../agent/docker-engine.ts';

const run = promisify(execFile);

export const NETWORK = 'stockroom-rehearsal';
const SUBNET = '10.201.0.0/16';
const BRIDGE = 'stockroom-reh';

/** The Docker network of the rehearsed VPC. The machine itself has addresses on it, one for each thing that is not a task. */
export class HostNetwork {
  /** Of the machine: the DNS server, the account's endpoint. */
  readonly host = '10.201.0.1';
  private readonly taken = new Map<string, string>();

  static async create(): Promise<HostNetwork> {
    await HostNetwork.remove();
    await docker('POST', '/networks/create', {
      Name: NETWORK,
      Driver: 'bridge',
      // Tasks with an address of their own come from the lower half, everything else from the upper.
      IPAM: { Config: [{ Subnet: SUBNET, IPRange: '10.201.0.0/17', Gateway: '10.201.0.1' }] },
      Options: { 'com.docker.network.bridge.name': BRIDGE },
    });
    return new HostNetwork();
  }

  static async remove(): Promise<void> {
    const containers = await docker<{ Id: string }[]>(
      'GET',
      `/containers/json?all=true&filters=${encodeURIComponent('{"label":["stockroom.rehearsal"]}')}`,
    );
    await Promise.all(containers.map(({ Id }) => docker('DELETE', `/containers/${Id}?force=true&v=true`)));
    await docker('DELETE', `/networks/${NETWORK}`).catch((error: unknown) => {
      if (!(error instanceof DockerError && error.status === 404)) throw error;
    });
  }

  /** An address of its own for what is named; the same one at each call. */
  async addressFor(name: string): Promise<string> {
    const known = this.taken.get(name);
    if (known) return known;
    const address = `10.201.200.${this.taken.size + 1}`;
    this.taken.set(name, address);
    await run('ip', ['address', 'add', `${address}/32`, 'dev', BRIDGE]);
    return address;
  }

  addressOf = (name: string): string | undefined => this.taken.get(name);
}
