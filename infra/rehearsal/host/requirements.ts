import { isOnPath } from '../../test/support/program.ts';
import { docker } from '../agent/docker-engine.ts';

/** HAProxy, moto and the image registry come as images where they are not installed. */
const NEEDED: Record<string, string> = {
  terraform: 'see https://developer.hashicorp.com/terraform/install',
  docker: 'apt-get install docker.io',
  ip: 'apt-get install iproute2',
  iptables: 'apt-get install iptables',
  openssl: 'apt-get install openssl',
};

/** What this machine lacks for a rehearsal, each with the line that installs it. */
export async function missingRequirements(): Promise<string[]> {
  const missing = Object.entries(NEEDED)
    .filter(([command]) => !isOnPath(command))
    .map(([command, install]) => `${command}: ${install}`);
  if (process.platform !== 'linux') missing.unshift('Linux: tasks get addresses on a network of this machine');
  else if (process.getuid?.() !== 0)
    missing.unshift('root: run it with sudo; it makes addresses, cgroups and a DNS server');
  const engine = await docker('GET', '/version').then(
    () => undefined,
    () => 'a Docker engine: apt-get install docker.io, or https://docs.docker.com/engine/install',
  );
  return engine ? [engine, ...missing] : missing;
}
