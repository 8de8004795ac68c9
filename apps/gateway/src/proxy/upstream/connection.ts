import { type buildConnector, Client, type Dispatcher } from 'undici';

/** What an attempt must know of the connection that carries it. */
export interface ConnectionHistory {
  /** Responses received over the present socket. A request that fails on a reused one may have met a closed socket. */
  readonly responses: number;
  /** How the present socket broke: undici takes a reset for the regular end of a body without a length. */
  readonly failure: Error | undefined;
  countResponse(): void;
}

/** A dispatch handler that learns which connection carries it. */
export interface ConnectionAwareHandler extends Dispatcher.DispatchHandler {
  onConnectionAssigned(connection: ConnectionHistory): void;
}

/** One connection to the upstream, with one request at a time. */
export class UpstreamConnection extends Client implements ConnectionHistory {
  private responseCount = 0;
  private socketError: Error | undefined;

  constructor(origin: string | URL, options: Client.Options & { connect: buildConnector.connector }) {
    const { connect } = options;
    super(origin, {
      ...options,
      connect: (target, callback) =>
        connect(target, (...[error, socket]) => {
          if (error) return callback(error, null);
          this.responseCount = 0;
          this.socketError = undefined;
          socket.once('error', (failure: Error) => (this.socketError = failure));
          callback(null, socket);
        }),
    });
  }

  get responses(): number {
    return this.responseCount;
  }

  get failure(): Error | undefined {
    return this.socketError;
  }

  countResponse(): void {
    this.responseCount++;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: ConnectionAwareHandler): boolean {
    handler.onConnectionAssigned(this);
    return super.dispatch(options, handler);
  }
}
