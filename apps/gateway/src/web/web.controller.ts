import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#service';
import { encoded } from './encoding.ts';
import type { WebFile } from './web-build.ts';

export const WEB_FILES = Symbol('the files of the web interface');

const INDEX = '/index.html';
/** Vite puts a hash of the content into the names of all that is in here. */
const HASHED = '/assets/';
/** What answers for itself: a mistyped path below these is no page. */
const RESERVED = /^\/(api|assets|health|metrics|session|version)(\/|$)/;

/** The web interface: its files, and its one document for every address that a person opens. */
@Controller()
export class WebController {
  constructor(@Inject(WEB_FILES) private readonly files: ReadonlyMap<string, WebFile>) {}

  @Get('*')
  serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const path = request.url.split('?', 1)[0]!;
    const found = path === '/' || path === INDEX || isPage(request, path) ? INDEX : path;
    const file = this.files.get(found);
    if (!file) throw new Problem('not-found', this.reason(found, request));
    const { body, encoding } = encoded(file, request.headers['accept-encoding']);
    void reply
      .headers({
        'cache-control': cachingOf(found),
        vary: found === INDEX ? 'accept, accept-encoding' : 'accept-encoding',
        ...(encoding && { 'content-encoding': encoding }),
      })
      .type(file.type)
      .send(body);
  }

  private reason(found: string, { method, url }: FastifyRequest): string {
    return found === INDEX
      ? 'The web interface is not built: npm run build. The API is at /api/docs.'
      : `Cannot ${method} ${url}`;
  }
}

/** Whether a person opened an address: a script, a picture or a program that misses a file is told so. */
const isPage = ({ headers: { accept = '' } }: FastifyRequest, path: string): boolean =>
  /\btext\/html\b/i.test(accept) && !RESERVED.test(path);

function cachingOf(path: string): string {
  if (path === INDEX) return 'no-store';
  return path.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'public, max-age=86400';
}
