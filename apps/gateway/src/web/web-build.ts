import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** From the built gateway, and from its source. */
const FOLDERS = ['../web', '../../../../dist/apps/web'].map((folder) => join(import.meta.dirname, folder));

/** RFC 9239 §6 made `text/javascript` the type of scripts; the plugin sets the one before, whatever the reply says. */
const OBSOLETE_SCRIPT_TYPE = 'application/javascript; charset=utf-8';
const SCRIPT_TYPE = 'text/javascript; charset=utf-8';

/** Where the web interface has been built to, or undefined where it has not. */
export const findWebBuild = (): string | undefined => FOLDERS.find((folder) => existsSync(join(folder, 'index.html')));

/**
 * The URL paths of the build's files, without those that `npm run build` compressed beside them.
 * @param folder what Vite wrote; undefined: the web interface is not built
 */
export function listWebBuild(folder: string | undefined): ReadonlySet<string> {
  if (folder === undefined) return new Set();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).split(sep).join('/'));
  return new Set(paths.filter((path) => !/\.(br|gz)$/.test(path)));
}

/** Lets replies send files of the build, as they were compressed at the build, with validators and ranges. */
export async function serveWebBuild(app: NestFastifyApplication, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  // Which file is sent, and how long it is kept, is the controller's decision.
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, cacheControl: false });
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (reply.getHeader('content-type') === OBSOLETE_SCRIPT_TYPE) void reply.type(SCRIPT_TYPE);
    done(null, payload);
  });
}
