import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { decode, encode, RECURSION_AVAILABLE, RECURSION_DESIRED } from 'dns-packet';

/** A real name server on this machine, whose answers a test changes, and a resolver that asks it. */
export interface NameServer {
  resolver: Resolver;
  /** Addresses by name. */
  addresses: Record<string, string[]>;
  close: () => Promise<void>;
}

export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4');
  const addresses: Record<string, string[]> = {};
  socket.on('message', (message, { port, address }) => {
    const query = decode(message);
    const { name, type } = query.questions![0]!;
    const found = (addresses[name] ?? []).filter((one) => one.includes(':') === (type === 'AAAA'));
    const answers = found.map((data) => ({ name, type: type as 'A' | 'AAAA', ttl: 0, data }));
    const flags = RECURSION_DESIRED | RECURSION_AVAILABLE | (name in addresses ? 0 : NXDOMAIN);
    socket.send(encode({ id: query.id, type: 'response', flags, questions: query.questions, answers }), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  const close = async () => {
    socket.close();
    await once(socket, 'close');
  };
  return { resolver, addresses, close };
}

const NXDOMAIN = 3;
