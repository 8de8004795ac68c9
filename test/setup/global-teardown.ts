import { rmSync } from 'node:fs';
import { postgres } from './postgres.ts';

export default async function globalTeardown(): Promise<void> {
  await postgres.pooler?.stop();
  await postgres.server?.stop();
  rmSync(postgres.folder!, { recursive: true, force: true });
}
