import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { decode, encode, RECURSION_DESIRED, type Packet } from 'dns-packet';

const TTL_SECONDS = 2;

/**
 * Answers A queries for the account's names (RFC 1035), and asks the machine's own resolver for all others.
 * The names are looked up at each query, so that an address can change while it runs.
 */
export class DnsServer {
  private readonly socket: Socket = createSocket('udp4');
  private readonly resolver = ownResolver();
  private readonly addressesOf: (name: string) => string[] | undefined;

  constructor(addressesOf: (name: string) => string[] | undefined) {
    this.addressesOf = addressesOf;
  }

  async listen(address: string): Promise<void> {
    this.socket.on('message', (message, { address: from, port }) => {
      void this.answer(message).then(
        (reply) => this.socket.send(reply, port, from),
        () => undefined,
      );
    });
    this.socket.bind(53, address);
    await once(this.socket, 'listening');
  }

  close(): void {
    this.socket.close();
  }

  private async answer(message: Buffer): Promise<Buffer> {
    const query = decode(message);
    const question = query.questions?.[0];
    const name = question?.name.toLowerCase().replace(/\.$/, '') ?? '';
    const addresses = this.addressesOf(name);
    if (addresses === undefined && this.resolver) return forward(message, this.resolver);
    const reply: Packet = {
      type: 'response',
      id: query.id ?? 0,
      flags: RECURSION_DESIRED | (addresses === undefined ? NAME_ERROR : 0),
      questions: query.questions ?? [],
      // A name that exists, but has no AAAA record, gets an empty answer.
      answers:
        question?.type === 'A'
          ? (addresses ?? []).map((data) => ({ type: 'A' as const, name: question.name, ttl: TTL_SECONDS, data }))
          : [],
    };
    return encode(reply);
  }
}

/** RCODE 3. */
const NAME_ERROR = 3;

function ownResolver(): string | undefined {
  const lines = readFileSync('/etc/resolv.conf', 'utf8').split('\n');
  return lines.map((line) => /^nameserver\s+(\d+\.\d+\.\d+\.\d+)/.exec(line)?.[1]).find(Boolean);
}

async function forward(message: Buffer, resolver: string): Promise<Buffer> {
  const socket = createSocket('udp4');
  try {
    socket.send(message, 53, resolver);
    const [reply] = (await once(socket, 'message', { signal: AbortSignal.timeout(5000) })) as [Buffer];
    return reply;
  } finally {
    socket.close();
  }
}
