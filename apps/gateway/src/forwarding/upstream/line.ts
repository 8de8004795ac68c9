import type { buildConnector } from 'undici';
import { Client, type Dispatcher } from 'undici';

/** A handler that wants to know the connection that carries it. */
export interface Carried extends Dispatcher.DispatchHandler {
  line?: Line;
}

/** One connection to the upstream, one request at a time, that remembers its past. */
export class Line extends Client {
  /** Answers that came over the present socket. A request that fails on a used one may have met a socket that was already dead. */
  served = 0;
  /** How the present socket broke. undici takes a reset for the end of a body that has no length. */
  failure: Error | undefined;

  constructor(origin: string | URL, options: Client.Options & { connect: buildConnector.connector }) {
    const { connect } = options;
    super(origin, {
      ...options,
      connect: (target, callback) =>
        connect(target, (...[error, socket]) => {
          if (error) return callback(error, null);
          this.served = 0;
          this.failure = undefined;
          socket.once('error', (failure: Error) => (this.failure = failure));
          callback(null, socket);
        }),
    });
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Carried): boolean {
    handler.line = this;
    return super.dispatch(options, handler);
  }
}
