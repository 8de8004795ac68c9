import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { nodeFlags } from './node-flags.ts';

describe.each(['api', 'gateway'] as const)('the flags of Node: %s', (service) => {
  const command = ['node', ...nodeFlags[service], `dist/apps/${service}/main.js`];

  it('are those of the image', () => {
    const entry = /^ENTRYPOINT (.*)$/m.exec(readFileSync(`Dockerfile.${service}`, 'utf8'))![1]!;
    expect(JSON.parse(entry)).toEqual(command);
  });

  it('are those of the npm script', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(scripts[`start:${service}`]).toBe(command.join(' '));
  });
});
