import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** An image for another processor is built without emulation only where no command runs on the target's platform. */
describe.each(['Dockerfile.api', 'Dockerfile.gateway'])('%s', (file) => {
  const stages = readFileSync(file, 'utf8')
    .split(/^(?=FROM )/m)
    .filter((stage) => stage.startsWith('FROM '));
  const [last, ...others] = [...stages].reverse();

  it('builds on the building machine’s platform', () => {
    const names = others.map((stage) => /^FROM .* AS (\w+)$/m.exec(stage)![1]!);
    for (const stage of others) {
      const [, base] = /^FROM (.*) AS \w+$/m.exec(stage)!;
      expect(['--platform=$BUILDPLATFORM ${BUILD_IMAGE}', ...names]).toContain(base);
    }
  });

  it('only copies in the stage of the target’s platform', () => {
    const instructions = [...last!.matchAll(/^([A-Z]+)\b/gm)].map(([, instruction]) => instruction);
    expect(last).toMatch(/^FROM \$\{BASE_IMAGE\}$/m);
    expect(instructions).not.toContain('RUN');
    expect(instructions).toContain('COPY');
  });
});
