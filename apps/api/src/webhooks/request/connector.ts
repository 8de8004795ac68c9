import type { LookupAddress } from 'node:dns';
import type { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressPolicy } from './address-policy.ts';
import { hostOf } from './webhook-url.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/** Nothing is sent to the host of a webhook. The message is for the delivery log. */
export class TargetRefused extends Error {}

/**
 * Connects only to addresses that the policy allows. The addresses that were checked are those that are connected to, at every
 * connection: a name that resolves to another address later (DNS rebinding) is checked again.
 */
export function createConnector(policy: AddressPolicy, resolver: Resolver): buildConnector.connector {
  const connectorFor = (isTls: boolean) =>
    buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      allowH2: false,
      lookup: lookupWith((hostname) => resolveAllowed(hostname, isTls)),
    });
  const connectors = { 'https:': connectorFor(true), 'http:': connectorFor(false) };

  async function resolveAllowed(hostname: string, isTls: boolean): Promise<LookupAddress[]> {
    const addresses = await resolve(resolver, hostname);
    for (const { address } of addresses) {
      const violation = policy.violationOf(address, isTls);
      // Without the address: it may be one of an internal DNS zone.
      if (violation) throw new TargetRefused(`An address of ${hostname} ${violation}; nothing was sent.`);
    }
    return addresses;
  }

  return (options, callback) => {
    const isTls = options.protocol === 'https:';
    const hostname = hostOf(options.hostname);
    // An address is not looked up.
    const violation = isIP(hostname) ? policy.violationOf(hostname, isTls) : undefined;
    if (violation) return callback(new TargetRefused(`${hostname} ${violation}; nothing was sent.`), null);
    connectors[isTls ? 'https:' : 'http:'](options, callback);
  };
}

/**
 * By DNS alone and not by getaddrinfo, which occupies one of the few threads of the process for as long as a name server is
 * silent: the names of some webhooks could then delay all others.
 */
async function resolve(resolver: Resolver, hostname: string): Promise<LookupAddress[]> {
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const addresses = [...familyOf(v4, 4), ...familyOf(v6, 6)];
  if (addresses.length > 0) return addresses;
  throw new TargetRefused(`${hostname} does not resolve to any address.`);
}

const familyOf = (result: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] =>
  result.status === 'fulfilled' ? result.value.map((address) => ({ address, family })) : [];

const lookupWith =
  (find: (hostname: string) => Promise<LookupAddress[]>): LookupFunction =>
  (hostname, { all }, callback) => {
    find(hostname).then(
      (addresses) => {
        if (all) callback(null, addresses);
        else callback(null, addresses[0]!.address, addresses[0]!.family);
      },
      (error: Error) => callback(error, []),
    );
  };
