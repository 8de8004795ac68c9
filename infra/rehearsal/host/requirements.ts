import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { docker } from '../agent/docker-engine.ts';

const NEEDED: Record<string, string> = {
  terraform: 'see https://developer.hashicorp.com/terraform/install',
  moto_server: "pip install 'moto[server]'",
  haproxy: 'apt-get install haproxy',
  'docker-registry': 'apt-get install docker-registry',
  ip: 'apt-get install iproute2',
  openssl: 'apt-get install openssl',
};

const isOnPath = (command: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));

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
