import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { wrongType } from '../input/json-parser.ts';
import { pathOf } from './path-of.ts';
import { Problem, problemOf } from './problem.ts';

/** The one place where an error becomes a response. What a 5xx is about goes to the log only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = error instanceof Problem ? error : withRule(problemOf(error), request);
    if (problem.status >= 500)
      request.log.error({ requestId: request.id, err: problem.cause ?? error }, problem.detail);
    if (reply.raw.headersSent) {
      // A streamed response has begun: only cutting the connection shows that it is incomplete.
      reply.raw.destroy();
      return;
    }
    sendProblem(reply, problem, request);
  }
}

/** Where the framework refuses a body, it does not say what the route takes. */
function withRule(problem: Problem, { routeOptions: { bodyLimit, config } }: FastifyRequest): Problem {
  if (problem.kind === 'too-large') return new Problem('too-large', `The body must not exceed ${bodyLimit} bytes.`);
  return problem.kind === 'unsupported-media-type' ? wrongType(config.mediaTypes) : problem;
}

export function sendProblem(reply: FastifyReply, problem: Problem, { url, id }: FastifyRequest): void {
  void reply
    .status(problem.status)
    .headers({ 'cache-control': 'no-store', ...problem.extra.headers })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.body(pathOf(url), id)));
}
