import ipaddr from 'ipaddr.js';

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** All of IPv6 that is handed out for use in public (IANA, "IPv6 Global Unicast Address Assignments"). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Azure's metadata and DNS server: an address that is public everywhere else. */
const AZURE_METADATA = '168.63.129.16';

/** Which addresses webhooks are sent to. */
export class AddressPolicy {
  private readonly networks: Network[];

  /** @param allowedNetworks in CIDR notation: of these, addresses that are not public may be used, and http */
  constructor(allowedNetworks: readonly string[]) {
    this.networks = allowedNetworks.map((network) => ipaddr.parseCIDR(network));
  }

  /** Whether http may be used at all. */
  get allowsHttp(): boolean {
    return this.networks.length > 0;
  }

  /** Why nothing is sent to an address, or undefined. */
  violationOf(address: string, isTls: boolean): string | undefined {
    if (!ipaddr.isValid(address)) return 'is no IP address';
    const parsed = ipaddr.parse(address);
    if (this.isNamed(parsed)) return undefined;
    const range = rangeOf(parsed);
    if (range !== 'unicast') return `is not public (${range})`;
    return isTls ? undefined : 'may only be sent to by https';
  }

  private isNamed(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
    return this.networks.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
  }
}

/** `unicast`: public. Forms of IPv6 that lead to an IPv4 address (mapped, NAT64, 6to4, Teredo) are ranges of their own. */
function rangeOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  if (address.toString() === AZURE_METADATA) return 'metadata';
  const range = address.range();
  if (range === 'unicast' && address.kind() === 'ipv6' && !address.match(GLOBAL_UNICAST)) return 'reserved';
  return range;
}

/** Whether a text is a list of networks in CIDR notation, separated by commas. */
export const isNetworkList = (text: string): boolean =>
  networkList(text).every((network) => ipaddr.isValidCIDR(network));

export const networkList = (text: string): string[] => text.split(',').filter((network) => network !== '');
