/** The body of `GET /version`. */
export interface BuildVersion {
  version: string;
  /** `unknown` where it was not given. */
  commit: string;
}

/** The body of `GET /health`, with 200 or, where a dependency is unreachable, 503. */
export interface HealthReport {
  status: 'ok' | 'error' | 'shutting_down';
  /** Each thing that the service needs. */
  details: Record<string, { status: 'up' | 'down'; latencyMs?: number }>;
}
