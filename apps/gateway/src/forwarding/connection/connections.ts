import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Deadlines } from '../limits/deadlines.ts';
import type { Limits } from '../options.ts';
import { ClientConnection, type Household } from './client-connection.ts';

/** All connections of clients. */
export class Connections implements Household {
  private readonly open = new Set<ClientConnection>();
  /** Watches those that carry nothing. */
  private readonly patience: Deadlines;

  constructor(
    readonly limits: Limits,
    clock: () => number,
    readonly serve: Household['serve'],
    readonly refused: Household['refused'],
  ) {
    this.patience = new Deadlines(limits.headersMs, clock);
  }

  get now(): number {
    return this.patience.now;
  }

  /** Takes those that a server accepts, and answers for them where it is to close some. */
  takeFrom(server: Server): void {
    server.on('connection', (socket: Socket) => this.accept(socket));
    const closeWithin = server.closeIdleConnections.bind(server);
    server.closeIdleConnections = () => {
      closeWithin();
      for (const connection of this.open) connection.closeIdle();
    };
    server.closeAllConnections = () => {
      for (const { socket } of this.open) socket.destroy();
    };
  }

  close(): void {
    this.patience.close();
  }

  private accept(socket: Socket): void {
    const connection = new ClientConnection(socket, this);
    this.open.add(connection);
    this.patience.add(connection);
    socket.once('close', () => {
      this.open.delete(connection);
      this.patience.delete(connection);
    });
  }
}
