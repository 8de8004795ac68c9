import { isIP } from 'node:net';
import type { AddressPolicy } from './address-policy.ts';

/** Why a webhook cannot have this URL, or undefined. What its name resolves to is checked at each connection. */
export function urlViolation(text: string, policy: AddressPolicy): string | undefined {
  if (!URL.canParse(text)) return 'must be a URL, such as https://shop.example.com/stockroom-events';
  const { protocol, username, password, hash, hostname } = new URL(text);
  const isTls = protocol === 'https:';
  if (!isTls && !(protocol === 'http:' && policy.allowsHttp)) return 'must begin with https://';
  if (username !== '' || password !== '')
    return 'must not hold a user name or a password: the receiver verifies the signature instead';
  if (hash !== '' || text.endsWith('#')) return 'must not hold a fragment (#…): it would not be sent';
  const host = hostOf(hostname);
  const violation = isIP(host) ? policy.violationOf(host, isTls) : undefined;
  return violation && `names the address ${host}, which ${violation}`;
}

/** A URL writes an IPv6 address in brackets. */
export const hostOf = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');
