import type { IncomingMessage } from 'node:http';
import { type ClientInfo, clientInfoOf } from '../proxy/rules/forwarded.ts';
import type { Trust } from '../proxy/rules/trust.ts';

/** A client, and the origin that its browser shows. */
export interface BrowserInfo extends ClientInfo {
  /** Scheme, host and port as the browser sees them; undefined where the request names no host. */
  readonly origin: string | undefined;
  /** Whether the browser uses HTTPS, wherever TLS ends. */
  readonly secure: boolean;
}

/** The origin under which browsers reach the gateway, and which proxies are trusted to name it. */
export interface SiteSettings {
  /** Scheme, host and port by which browsers reach the gateway. Default: what the request says. */
  readonly publicOrigin: string | undefined;
  readonly trust: Trust;
}

export function browserInfoOf(request: IncomingMessage, { publicOrigin, trust }: SiteSettings): BrowserInfo {
  const client = clientInfoOf(request, trust);
  const { host, proto } = client;
  const origin = publicOrigin ?? (host && `${proto}://${host.toLowerCase()}`);
  return { ...client, origin, secure: origin?.startsWith('https:') ?? proto === 'https' };
}

/** Header fields that identify the client to the API. */
export const forwardedHeaders = ({ forwardedFor, proto, host }: ClientInfo): Record<string, string> => ({
  'x-forwarded-for': forwardedFor,
  'x-forwarded-proto': proto,
  ...(host !== undefined && { 'x-forwarded-host': host }),
});
