import { connect, isIP, type OnReadOpts } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { Addresses } from './addresses.ts';

/**
 * Begins a connection.
 * @param take gets what comes over it: bytes that are good only until the call returns
 * @returns the connection, and the event that says that it is there; undefined where it is there already
 */
export type Dial = (take: (bytes: Buffer) => void) => {
  socket: Duplex;
  connected: 'connect' | 'secureConnect' | undefined;
};

/** All connections are read into one buffer, one after the other: what comes is handed on before the next one is read. */
const READ_BYTES = 64 * 1024;

/** To a server behind a name. @param url scheme, host and port */
export function dialTo(url: URL, { lookup }: Addresses): Dial {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isTls = url.protocol === 'https:';
  const options = { host, port: Number(url.port || (isTls ? 443 : 80)), lookup, noDelay: true };
  if (isTls) {
    return (take) => {
      const socket = connectTls({ ...options, servername: isIP(host) ? '' : host, ALPNProtocols: ['http/1.1'] });
      socket.on('data', take);
      return { socket, connected: 'secureConnect' };
    };
  }
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  return (take) => {
    const callback: OnReadOpts['callback'] = (length) => {
      take(buffer.subarray(0, length));
      return true;
    };
    return { socket: connect({ ...options, onread: { buffer, callback } }), connected: 'connect' };
  };
}

/** To a server within this process, without a port that anybody else could reach. @param accept takes its end of each connection */
export function dialWithin(accept: (socket: Duplex) => void): Dial {
  return (take) => {
    const [ours, theirs] = duplexPair();
    ours.on('data', take).on('close', () => theirs.destroy());
    theirs.on('close', () => ours.destroy());
    accept(theirs);
    return { socket: ours, connected: undefined };
  };
}
