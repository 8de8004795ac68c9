import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { InputErrors, pointerToken } from './input-errors.ts';

const ANY_QUERY = 'any-query';

/** For a route whose query is not its own, such as that of a page whose script reads it. */
export const TakesAnyQuery = () => SetMetadata(ANY_QUERY, true);

/** Refuses query parameters and JSON bodies on routes that declare none, as the pipe refuses unknown fields elsewhere. */
@Injectable()
export class UndeclaredInputInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler) {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const declared = declaredInputs(execution);
    if (!declared.query) refuse(request.query, 'invalid-parameters', 'is not a parameter of this route');
    if (!declared.body && request.rawBody) refuse(request.body, 'invalid-fields', 'is not a field here');
    return next.handle();
  }
}

function declaredInputs(execution: ExecutionContext): { query: boolean; body: boolean } {
  const handler = execution.getHandler();
  const inputs = (Reflect.getMetadata(ROUTE_ARGS_METADATA, execution.getClass(), handler.name) ?? {}) as object;
  const types = Object.keys(inputs).map((key) => Number(key.split(':')[0]));
  // A body that is not JSON, such as a file, is declared for the OpenAPI document only.
  const documented = (Reflect.getMetadata('swagger/apiParameters', handler) ?? []) as { in: string }[];
  return {
    query: types.includes(RouteParamtypes.QUERY) || Reflect.hasMetadata(ANY_QUERY, handler),
    body: types.includes(RouteParamtypes.BODY) || documented.some((parameter) => parameter.in === 'body'),
  };
}

function refuse(given: unknown, kind: 'invalid-parameters' | 'invalid-fields', detail: string): void {
  if (given === undefined || given === null) return;
  const errors = new InputErrors();
  if (typeof given !== 'object' || Array.isArray(given)) errors.add('', 'must be absent or an empty object');
  else for (const name of Object.keys(given)) errors.add(`/${pointerToken(name)}`, detail);
  if (errors.any) throw errors.toProblem(kind);
}
