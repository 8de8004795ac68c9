import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

export type Resolve = (hostname: string) => Promise<dns.LookupAddress[]>;

export interface DnsOptions {
  /** Default: the system's resolver. */
  resolve?: Resolve | undefined;
  /** How old a resolved address may be, in milliseconds. Default: 10,000. */
  resolveEveryMs?: number | undefined;
}

const systemResolve: Resolve = (hostname) => dns.promises.lookup(hostname, { all: true });

/**
 * The upstream's addresses, resolved again every few seconds: those of a load balancer change while it serves. While the
 * resolver fails, the last known addresses stay in use.
 */
export class UpstreamDns {
  private known: dns.LookupAddress[] = [];
  private pending: Promise<dns.LookupAddress[]> | undefined;
  private lookups = 0;
  private readonly resolve: Resolve;
  private readonly timer: NodeJS.Timeout | undefined;

  /** @param onChange called when the addresses have changed */
  constructor(
    private readonly hostname: string,
    private readonly onChange: () => void,
    { resolve = systemResolve, resolveEveryMs = 10_000 }: DnsOptions = {},
  ) {
    this.resolve = resolve;
    if (isIP(hostname)) return;
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), resolveEveryMs);
    this.timer.unref();
  }

  /** For `net.connect`. Each call begins with the next address, so that connections spread over all. */
  readonly lookup: LookupFunction = (_hostname, options, callback) => {
    const give = (addresses: dns.LookupAddress[]) => {
      const first = this.lookups++ % addresses.length;
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
      .then((found) => this.update(found))
      .finally(() => (this.pending = undefined));
    return this.pending;
  }

  private update(found: dns.LookupAddress[]): dns.LookupAddress[] {
    if (found.length === 0) throw Object.assign(new Error('The name has no address.'), { code: 'ENOTFOUND' });
    const before = this.known;
    this.known = found;
    if (before.length > 0 && fingerprint(before) !== fingerprint(found)) this.onChange();
    return found;
  }
}

const fingerprint = (addresses: dns.LookupAddress[]): string =>
  addresses
    .map(({ address }) => address)
    .sort()
    .join();
