import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf, Problem, TakesAnyQuery } from '#service';

export const WEB_FILES = Symbol('the URL paths of the web interface');

const INDEX = '/index.html';
/** Vite puts a hash of the content into the names of all files below it. */
const HASHED = '/assets/';
/** Paths below these are not pages: a mistyped one is a 404. */
const RESERVED = /^\/(api|assets|health|metrics|session|version)(\/|$)/;

/** The web interface: its files, and its one document for every address that a person opens. */
@Controller()
export class WebController {
  constructor(@Inject(WEB_FILES) private readonly files: ReadonlySet<string>) {}

  @Get('*')
  @TakesAnyQuery()
  serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const path = pathOf(request.url);
    const file = path === '/' || path === INDEX || isPage(request, path) ? INDEX : path;
    if (!this.files.has(file)) throw new Problem('not-found', reasonOf(file, request));
    const vary = file === INDEX ? 'accept, accept-encoding' : 'accept-encoding';
    void reply.headers({ 'cache-control': cachingOf(file), vary });
    void reply.removeHeader('content-type'); // The file's own type replaces the one that every reply begins with.
    void reply.sendFile(file.slice(1));
  }
}

/** Whether a person opened an address. A script, an image or a program that asks for a missing file gets a 404. */
const isPage = ({ headers: { accept = '' } }: FastifyRequest, path: string): boolean =>
  /\btext\/html\b/i.test(accept) && !RESERVED.test(path);

const reasonOf = (file: string, { method, url }: FastifyRequest): string =>
  file === INDEX
    ? 'The web interface is not built: run "npm run build". The API is documented at /api/docs.'
    : `Cannot ${method} ${url}`;

function cachingOf(file: string): string {
  if (file === INDEX) return 'no-store';
  return file.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'public, max-age=86400';
}
