/** Paths outside the API's base path, without authentication. */
export const paths = {
  /** The process is running: asked by the container's health check. */
  live: '/health/live',
  /** Started and not draining: asked by the load balancer's target group. */
  ready: '/health/ready',
  /** Each dependency's state and latency, for people and monitors. */
  health: '/health',
  version: '/version',
  /** On the metrics port only. */
  metrics: '/metrics',
  /** The API's base path, the same through the gateway. */
  api: '/api/v1',
} as const;
