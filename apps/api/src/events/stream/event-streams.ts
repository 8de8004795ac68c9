import { type BeforeApplicationShutdown, Injectable, type OnModuleInit, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ListEvents, Role } from '#contracts';
import { Drain, Problem, releaseAdmission } from '#service';
import { readBearerToken } from '../../access/access.guard.ts';
import { Authenticator } from '../../access/authenticator.ts';
import type { Context } from '../../http/context.ts';
import { selectTypes } from '../event-types.ts';
import { EventService } from '../event.service.ts';
import { EventStream } from './event-stream.ts';
import { FeedTail } from './feed-tail.ts';

/** Streams that are open at once, of this task and of one caller. */
const MAX_STREAMS = 500;
const MAX_STREAMS_PER_CALLER = 20;
const DRAIN_POLL_MS = 100;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // For proxies such as nginx that would otherwise hold the events back.
  'x-accel-buffering': 'no',
};

/** Whether a request asks for server-sent events. A weight of 0 says that it does not (RFC 9110 §12.4.2). */
export const wantsStream = ({ headers }: FastifyRequest): boolean =>
  /(^|,)\s*text\/event-stream\s*(;(?!\s*q=0(\.0{0,3})?\s*(,|$))|,|$)/i.test(headers.accept ?? '');

/** The streams of this task. */
@Injectable()
export class EventStreams implements OnModuleInit, BeforeApplicationShutdown {
  private readonly open = new Map<object, { actorId: string; stream?: EventStream }>();
  private draining: NodeJS.Timeout | undefined;
  private hasEnded = false;

  constructor(
    private readonly events: EventService,
    private readonly tail: FeedTail,
    private readonly authenticator: Authenticator,
    private readonly drain: Drain,
  ) {}

  get count(): number {
    return this.open.size;
  }

  onModuleInit(): void {
    // Clients go on at another task, from where they are.
    this.draining = setInterval(() => this.drain.draining && this.endAll(), DRAIN_POLL_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.draining);
    this.hasEnded = true;
    this.endAll();
  }

  /** @throws Problem `unavailable` where too many are open; what `EventService.list` throws */
  async start(
    context: Context,
    request: FastifyRequest,
    reply: FastifyReply,
    query: ListEvents,
  ): Promise<StreamableFile> {
    const place = this.reserve(context.caller.actorId);
    try {
      const lastId = request.headers['last-event-id'];
      const [after, pointer] = lastId === undefined ? [query.after, '/after'] : [String(lastId), '/Last-Event-ID'];
      const types = selectTypes(query.types, context.caller.role);
      const cursor = await this.events.locate(after, pointer);
      const bearer = readBearerToken(request);
      const isAllowed = () => this.hasRole(bearer, context.caller.role);
      const stream = new EventStream(this.tail, { cursor, types, isAllowed });
      this.open.set(place, { actorId: context.caller.actorId, stream });
      this.tail.use(place);
      stream.readable.once('close', () => this.release(place));
      closeWithClient(stream, request, reply);
      releaseAdmission(reply.raw);
      reply.headers(HEADERS);
      return new StreamableFile(stream.readable);
    } catch (error) {
      this.release(place);
      throw error;
    }
  }

  /** Whether a token is still good, for the role that it was good for. */
  private async hasRole(bearer: string, role: Role): Promise<boolean> {
    const found = this.authenticator.findCached(bearer) ?? (await this.authenticator.authenticate(bearer));
    return found?.caller.role === role;
  }

  private reserve(actorId: string): object {
    const own = [...this.open.values()].filter((entry) => entry.actorId === actorId).length;
    if (this.hasEnded || this.drain.draining) throw unavailable('This task is about to end; connect again.', '1');
    if (own >= MAX_STREAMS_PER_CALLER)
      throw unavailable(`You have ${own} streams open already. Close one first.`, '15');
    if (this.open.size >= MAX_STREAMS)
      throw unavailable(`${MAX_STREAMS} streams are open already; connect again later.`, '15');
    const place = {};
    this.open.set(place, { actorId });
    return place;
  }

  private release(place: object): void {
    this.open.delete(place);
    this.tail.leave(place);
  }

  private endAll(): void {
    for (const { stream } of this.open.values()) stream?.end();
  }
}

/** A client that ends its side of the connection counts as gone: nothing else shows it before the next bytes are sent. */
function closeWithClient(
  stream: EventStream,
  { raw: { socket } }: FastifyRequest,
  { raw: response }: FastifyReply,
): void {
  const close = () => stream.close();
  response.once('close', close);
  socket.once('end', close);
  stream.readable.once('close', () => socket.off('end', close));
  if (response.destroyed || socket.readableEnded) close();
}

const unavailable = (detail: string, retryAfter: string) =>
  new Problem('unavailable', detail, { headers: { 'retry-after': retryAfter } });
