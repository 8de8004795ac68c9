import { type Asking, judgedForwarded } from './forwarding/index.ts';

/** Who asks, and where they believe to be. */
export interface Visitor {
  /** The client as the outermost trusted hop saw it. */
  address: string;
  /** Scheme, host and port as the browser sees them; undefined where the request names no host. */
  origin: string | undefined;
  /** Whether the browser speaks HTTPS, whoever ends it. */
  secure: boolean;
  /** What a call to the API on their behalf says of them. */
  headers: Record<string, string>;
}

export function visitorOf(request: Asking, publicOrigin: string | undefined): Visitor {
  const { clientAddress, chain, proto, host } = judgedForwarded(request);
  const origin = publicOrigin ?? (host && `${proto}://${host.toLowerCase()}`);
  return {
    address: clientAddress,
    origin,
    secure: origin?.startsWith('https:') ?? proto === 'https',
    headers: {
      'x-forwarded-for': chain,
      'x-forwarded-proto': proto,
      ...(host !== undefined && { 'x-forwarded-host': host }),
    },
  };
}
