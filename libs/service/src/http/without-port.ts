/** An address without the client's port, which some proxies name: 192.0.2.7:5000, [2001:db8::1]:5000. Another port is no other client. */
export const withoutPort = (address: string): string =>
  /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
