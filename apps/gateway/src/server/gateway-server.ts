import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { keepAlive } from '#runtime';
import { FairShare } from '../proxy/limits/fair-share.ts';
import type { Limits } from '../proxy/limits/limits.ts';
import type { TimeoutChecker } from '../proxy/limits/timeout-checker.ts';
import { peerOf } from '../proxy/rules/forwarded.ts';
import type { Refusal } from '../proxy/rules/refusal.ts';
import type { ServerRequest } from '../proxy/rules/server-request.ts';
import type { Trust } from '../proxy/rules/trust.ts';
import { CONNECT_UNSUPPORTED, type ParserError, refusalOf } from './broken-requests.ts';
import { ClientConnection, type RequestHandler } from './client-connection.ts';

export interface GatewayServerOptions {
  readonly limits: Limits;
  readonly trust: Trust;
  readonly timeouts: TimeoutChecker;
  /** Begins each request, one at a time on each connection. */
  readonly handler: RequestHandler;
  /** Called with a reason where bytes or a connection are refused that never became a request. */
  readonly onRefused: (reason: string) => void;
  readonly clock?: (() => number) | undefined;
}

/** node:http's server with the limits, the fairness and the error responses of the gateway. */
export class GatewayServer {
  readonly http: Server;
  private readonly connections = new Map<Duplex, ClientConnection>();
  private readonly share: FairShare;
  private readonly clock: () => number;

  constructor(private readonly options: GatewayServerOptions) {
    const { limits, trust, clock = () => performance.now() } = options;
    this.clock = clock;
    // Behind a trusted proxy, all connections are its own.
    const isDirect = trust.hops === 0;
    this.share = new FairShare(
      {
        total: limits.maxConnections,
        perAddress: isDirect ? limits.maxConnectionsPerClient : Infinity,
        perNetwork: isDirect ? limits.maxConnectionsPerNetwork : Infinity,
        perPrincipal: Infinity,
      },
      clock,
    );
    this.http = createServer(serverOptions(limits));
    // Its parser would drop the fields beyond the limit instead of refusing the request.
    this.http.maxHeadersCount = 0;
    // A client that has ended its side still gets its response (RFC 9112 §9.6).
    Object.assign(this.http, { httpAllowHalfOpen: true });
    // Its requests always have a method and a target, which the type of client responses leaves open.
    const serve = (request: IncomingMessage, response: ServerResponse) =>
      this.serve(request as ServerRequest, response);
    this.http.on('request', serve).on('checkContinue', serve).on('checkExpectation', serve);
    this.http.on('connection', (socket: Socket) => this.accept(socket));
    this.http.on('clientError', (error: ParserError, socket) => this.onClientError(error, socket));
    this.http.on('connect', (_request, socket) => this.onConnect(socket));
  }

  /** Closes the connections that have never carried a byte; node:http closes those that are idle after a request. */
  closeUnused(): void {
    for (const [socket, connection] of this.connections) if (connection.isUnused) socket.destroy();
  }

  private accept(socket: Socket): void {
    const connection = new ClientConnection(socket, this.options.handler, this.clock);
    this.connections.set(socket, connection);
    const acquired = this.share.acquire(connection, peerOf(socket));
    this.options.timeouts.add(connection);
    socket.once('close', () => {
      this.connections.delete(socket);
      this.options.timeouts.delete(connection);
      if ('slot' in acquired) this.share.release(acquired.slot);
    });
    if ('refusal' in acquired) this.refuse(connection, acquired.refusal);
  }

  private serve(request: ServerRequest, response: ServerResponse): void {
    this.connections.get(request.socket)?.serve(request, response);
  }

  private onClientError(error: ParserError, socket: Duplex): void {
    const connection = this.connections.get(socket);
    if (!connection || error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const refusal = refusalOf(error, this.options.limits.maxHeaderBytes);
    this.options.onRefused(refusal.reason ?? refusal.kind);
    connection.onBrokenBytes(refusal, error);
  }

  private onConnect(socket: Duplex): void {
    socket.on('error', () => undefined); // node:http has taken its own listener off.
    const connection = this.connections.get(socket);
    if (connection) connection.onBrokenBytes(CONNECT_UNSUPPORTED, undefined);
  }

  private refuse(connection: ClientConnection, refusal: Refusal): void {
    this.options.onRefused(refusal.reason ?? refusal.kind);
    connection.closeWith(refusal);
  }
}

function serverOptions({ maxHeaderBytes, headersMs, requestMs }: Limits) {
  return {
    insecureHTTPParser: false,
    requireHostHeader: false, // Checked by the rules, which respond with a problem.
    rejectNonStandardBodyWrites: false,
    optimizeEmptyRequests: true,
    noDelay: true,
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersMs,
    requestTimeout: Math.max(requestMs, headersMs),
    connectionsCheckingInterval: Math.min(1_000, Math.max(20, Math.ceil(headersMs / 4))),
    keepAliveTimeout: keepAlive.serverSeconds * 1000,
  };
}
