import { type ArgumentsHost, Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, ProblemFilter, problemOf } from '#service';
import { html } from './html.ts';
import { page } from './page.ts';

/** Errors as `application/problem+json`, and as a small page for whoever came by a link. */
@Catch()
export class PageFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const problem = problemOf(error);
    if (problem.status >= 500 || !isVisit(request)) return super.catch(error, host);
    void host
      .switchToHttp()
      .getResponse<FastifyReply>()
      .status(problem.status)
      .headers({ 'cache-control': 'no-store', vary: 'accept', ...problem.extra.headers })
      .type('text/html; charset=utf-8')
      .send(problemPage(problem, request.id));
  }
}

const isVisit = ({ method, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && /\btext\/html\b/i.test(headers.accept ?? '');

const problemPage = ({ status, title }: Problem, requestId: string): string =>
  page(
    `${title} – Stockroom`,
    html`<h1>${status === 404 ? 'There is no such page' : title}</h1>
      <p class="lead">The address may be mistyped, or what it led to may be gone.</p>
      <p><a href="/">To the front page</a></p>
      <footer>Request ${requestId}</footer>`,
  );
