import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

export type Resolve = (hostname: string) => Promise<dns.LookupAddress[]>;

const systemResolve: Resolve = (hostname) => dns.promises.lookup(hostname, { all: true });

/**
 * The addresses behind the upstream's name, asked for anew every few seconds: a load balancer's change while it serves.
 * When the resolver is away, the last good ones go on being used.
 */
export class Addresses {
  private known: dns.LookupAddress[] = [];
  private pending: Promise<dns.LookupAddress[]> | undefined;
  private turn = 0;
  private readonly timer: NodeJS.Timeout | undefined;

  /** @param changed called when an address that was in use is gone, or another one has come */
  constructor(
    private readonly hostname: string,
    private readonly changed: () => void,
    { resolve = systemResolve, resolveEveryMs = 10_000 }: { resolve?: Resolve; resolveEveryMs?: number } = {},
  ) {
    this.resolve = resolve;
    if (isIP(hostname.replace(/^\[|\]$/g, ''))) return;
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), resolveEveryMs);
    this.timer.unref();
  }

  private readonly resolve: Resolve;

  /** For `net.connect`. Each call begins with the next address, so that connections spread over all. */
  readonly lookup: LookupFunction = (_hostname, options, callback) => {
    const give = (addresses: dns.LookupAddress[]) => {
      const first = this.turn++ % addresses.length;
      if (options.all) callback(null, [...addresses.slice(first), ...addresses.slice(0, first)]);
      else callback(null, addresses[first]!.address, addresses[first]!.family);
    };
    if (this.known.length > 0) return give(this.known);
    this.refresh().then(give, (error: Error) => callback(error, '', 4));
  };

  close(): void {
    clearInterval(this.timer);
  }

  private refresh(): Promise<dns.LookupAddress[]> {
    this.pending ??= this.resolve(this.hostname)
      .then((found) => this.learn(found))
      .finally(() => (this.pending = undefined));
    return this.pending;
  }

  private learn(found: dns.LookupAddress[]): dns.LookupAddress[] {
    if (found.length === 0) throw Object.assign(new Error('The name has no address.'), { code: 'ENOTFOUND' });
    const before = this.known;
    this.known = found;
    if (before.length > 0 && fingerprint(before) !== fingerprint(found)) this.changed();
    return found;
  }
}

const fingerprint = (addresses: dns.LookupAddress[]): string =>
  addresses
    .map(({ address }) => address)
    .sort()
    .join();
