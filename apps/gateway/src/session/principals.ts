import { paths } from '#runtime';
import type { Clock } from '../clock.ts';
import type { Asking, Ended } from '../forwarding/index.ts';
import { claimsOf } from './access-token.ts';
import { credentialsOf } from './credentials.ts';

/** How long the API's word is believed. */
const BELIEVED_MS = 60_000;
const MOST_KNOWN = 10_000;

/** Below it a token counts for nothing, so that an answer says nothing about it. */
const PUBLIC = `${paths.api}/sessions`;
const OWN_SESSION = `${PUBLIC}/current`;

/**
 * Who is behind a request, for the rate limit: learnt from the API, which has answered the same token well a moment ago.
 * A token that nobody has vouched for is nobody's, else each made-up one would have a bucket of its own.
 */
export class Principals {
  private readonly known = new Map<string, { principal: string; until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly publicOrigin: string | undefined,
  ) {}

  /** Undefined where it is not known. */
  of(request: Asking): string | undefined {
    const credentials = credentialsOf(request, this.publicOrigin, this.clock);
    const entry = credentials.bearer === undefined ? undefined : this.known.get(credentials.bearer);
    if (entry && this.clock.now() < entry.until) credentials.principal = entry.principal;
    return credentials.principal;
  }

  /** Learns from how a request ended. */
  learn({ request, status, target, upstream }: Ended): void {
    if (upstream !== 'answered' || status >= 300 || !isGuarded(target)) return;
    const { bearer, principal } = credentialsOf(request, this.publicOrigin, this.clock);
    if (bearer === undefined || principal !== undefined) return;
    this.known.delete(bearer);
    if (this.known.size >= MOST_KNOWN) this.known.delete(this.known.keys().next().value!);
    // One person's tokens follow one another; a key is the only one of its program.
    this.known.set(bearer, { principal: claimsOf(bearer).sub ?? bearer, until: this.clock.now() + BELIEVED_MS });
  }
}

const isGuarded = (target: string): boolean =>
  target.startsWith(`${paths.api}/`) && (!target.startsWith(PUBLIC) || target.startsWith(OWN_SESSION));
