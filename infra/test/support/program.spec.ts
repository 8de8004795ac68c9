import { expect, it } from '@jest/globals';
import { program } from './program.ts';

it.each([
  ['haproxy', { folders: ['/tmp/h'] }, ['--volume=/tmp/h:/tmp/h', '--entrypoint=haproxy', 'haproxy:3.2']],
  ['moto_server', { variables: ['A'] }, ['--env=A', '--entrypoint=moto_server', 'motoserver/moto:5.2.1']],
  ['docker-registry', {}, ['--entrypoint=registry', 'registry:3']],
])('%s is run from its image where it is not installed', (name, needs, rest) => {
  const before = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    expect(program(name, needs)).toEqual(['docker', 'run', '--rm', '--init', '--network=host', '--user=0', ...rest]);
  } finally {
    process.env.PATH = before;
  }
});
