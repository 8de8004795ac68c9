import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { normalizeAddress, pathOf, Problem } from '#service';
import type { Caller } from '../access/caller.ts';
import type { ChangedBy } from '../database/database.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard. Absent on public routes. */
    caller?: Caller;
    /** The session that the access token belongs to. Absent for API keys. */
    sessionId?: string;
  }
}

/** What a request says beside its body, as far as the parts of the business care. */
export interface Context {
  caller: Caller;
  /** What is recorded of the caller with a change. */
  by: ChangedBy;
  /** The session that the caller signed in with, or undefined for an API key. */
  sessionId?: string;
  requestId: string;
  path: string;
  /** The entity tags of `If-Match`, or undefined. */
  ifMatch: string | undefined;
  /** The key of `Idempotency-Key` with the fingerprint of what it stands for, or undefined. */
  idempotency: { key: string; fingerprint: Buffer } | undefined;
}

const KEY = /^[\x21-\x7e]{1,255}$/;

export const Ctx = createParamDecorator((_: unknown, execution: ExecutionContext) =>
  contextOf(execution.switchToHttp().getRequest()),
);

export function contextOf(request: FastifyRequest): Context {
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !KEY.test(key))) {
    throw new Problem('invalid-parameters', 'Idempotency-Key must be 1 to 255 visible ASCII characters.', {
      errors: [{ pointer: '/Idempotency-Key', detail: 'must be 1 to 255 visible ASCII characters' }],
    });
  }
  return {
    caller: request.caller!,
    by: {
      actorId: request.caller!.actorId,
      sessionId: request.sessionId,
      // Found out only where a change is recorded.
      get address() {
        return normalizeAddress(request.ip) || undefined;
      },
    },
    sessionId: request.sessionId,
    requestId: request.id,
    path: pathOf(request.url),
    ifMatch: request.headers['if-match'],
    idempotency: key === undefined ? undefined : { key, fingerprint: fingerprint(request) },
  };
}

/** What a key stands for: the same request has the same. */
const fingerprint = ({ method, url, rawBody }: FastifyRequest): Buffer =>
  createHash('sha256')
    .update(`${method} ${url}\n`)
    .update(rawBody ?? '')
    .digest();
