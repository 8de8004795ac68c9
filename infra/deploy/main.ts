import { parseArgs } from 'node:util';
import { deploy } from './commands/deploy.ts';
import { destroy } from './commands/destroy.ts';
import { diff } from './commands/diff.ts';
import { logs } from './commands/logs.ts';
import { password } from './commands/password.ts';
import { pipeline } from './commands/pipeline.ts';
import { preflight } from './commands/preflight.ts';
import { stateBucket } from './commands/state-bucket.ts';
import { status } from './commands/status.ts';
import { unlock } from './commands/unlock.ts';
import { type Deployment, loadDeployment } from './deployment.ts';
import { isCommandRunning } from './local/command.ts';
import type { Options } from './options.ts';

type Command = (deployment: Deployment, options: Options) => Promise<void>;

const commands: Record<string, Command> = {
  deploy,
  destroy,
  diff,
  logs,
  password,
  pipeline,
  preflight,
  'state-bucket': stateBucket,
  status,
  unlock,
};

// Ctrl-C reaches Terraform, too, which finishes what it has begun; without one there is nothing to wait for.
process.on('SIGINT', () => {
  if (!isCommandRunning()) process.exit(130);
});

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      since: { type: 'string', default: '10m' },
      follow: { type: 'boolean', default: false },
      unprotect: { type: 'boolean', default: false },
    },
  });
  const [name = '', environment] = positionals;
  const run = commands[name];
  if (!run || !environment)
    throw new Error(`Write npm run ${run ? name : `{${Object.keys(commands).join(',')}}`} -- <environment>.`);
  await run(await loadDeployment(environment, name), values);
} catch (error) {
  process.stderr.write(`\n${(error as Error).message}\n`);
  process.exitCode = 1;
}
