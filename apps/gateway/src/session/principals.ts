import type { IncomingMessage } from 'node:http';
import { paths } from '#runtime';
import type { Clock } from '../clock.ts';
import type { RequestRecord } from '../proxy/forwarded-request.ts';
import { claimsOf } from './access-token.ts';
import type { SiteSettings } from './browser-info.ts';
import { credentialsOf } from './credentials.ts';

/** How long a token counts as verified after a successful response of the API. */
const TRUSTED_MS = 60_000;
const MAX_KNOWN = 10_000;

/** Below these the API ignores tokens, so that a response says nothing about them. */
const PUBLIC = [`${paths.api}/sessions`, `${paths.api}/password-resets`];
const OWN_SESSION = `${paths.api}/sessions/current`;

/**
 * Who signed a request, for the limits: known from the API, which has accepted the same token a moment ago. A token that the
 * API has not accepted identifies no one, or each made-up one would have limits of its own.
 */
export class Principals {
  private readonly known = new Map<string, { principal: string; until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly site: SiteSettings,
  ) {}

  /** Undefined where it is not known. */
  of(request: IncomingMessage): string | undefined {
    const { bearer } = credentialsOf(request, this.site, this.clock);
    const entry = bearer === undefined ? undefined : this.known.get(bearer);
    return entry && this.clock.now() < entry.until ? entry.principal : undefined;
  }

  /** A successful response of the API proves that it has accepted the token. */
  recordResponse({ request, status, target, upstream }: RequestRecord): void {
    if (upstream !== 'complete' || status >= 300 || !isGuarded(target)) return;
    const { bearer } = credentialsOf(request, this.site, this.clock);
    if (bearer === undefined || this.of(request) !== undefined) return;
    this.known.delete(bearer);
    if (this.known.size >= MAX_KNOWN) this.known.delete(this.known.keys().next().value!);
    // A person's tokens follow one another; a key is the only one of its program.
    this.known.set(bearer, { principal: claimsOf(bearer).sub ?? bearer, until: this.clock.now() + TRUSTED_MS });
  }
}

const isGuarded = (target: string): boolean =>
  target.startsWith(`${paths.api}/`) &&
  (!PUBLIC.some((path) => target.startsWith(path)) || target.startsWith(OWN_SESSION));
