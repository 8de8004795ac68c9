/**
 * The numbers that two sides must agree on: the apps that serve and the infrastructure that runs them.
 * Durations are in the unit that their name ends with. This file imports nothing, so that both sides can read it.
 */

/** TCP ports that the services listen on inside their container and on a laptop. */
export const ports = {
  api: 3000,
  gateway: 8080,
  apiMetrics: 9464,
  gatewayMetrics: 9465,
} as const;

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

/**
 * Shutting down: readiness fails, the load balancer deregisters the task, what is in flight finishes, the process ends.
 * `shutdownDelaySeconds` < `drainBudgetSeconds` < `stopTimeoutSeconds`, else ECS kills a task that still serves.
 */
export const shutdown = {
  /** How long new requests are still served after readiness has failed: 3 failed checks of 5 s, rounded down by what the deregistration itself takes. */
  delaySeconds: 5,
  /** From SIGTERM to the end of the process, at most. */
  drainBudgetSeconds: 20,
  /** ECS's `stopTimeout`: SIGKILL follows SIGTERM after this. */
  stopTimeoutSeconds: 30,
  /** The target groups' `deregistration_delay`. */
  deregistrationDelaySeconds: 15,
} as const;

/** The target groups' health check on `paths.ready`. */
export const healthCheck = {
  intervalSeconds: 5,
  timeoutSeconds: 3,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
  gracePeriodSeconds: 30,
} as const;

/** Who gives up an idle connection first: always the side that sends the next request, so that none is lost to the race. */
export const keepAlive = {
  /** The load balancer's idle timeout. */
  loadBalancerIdleSeconds: 60,
  /** A server of ours outlives it. */
  serverSeconds: 75,
  /** A client pool of ours gives up before it. */
  poolSeconds: 50,
} as const;

/**
 * How Node is started, wherever a service is: V8's own sizes are for a machine that it has to itself. A young generation
 * of 4 MiB instead of 16 keeps a service under load some 70 MiB smaller, and an old one of at most 160 MiB, three times
 * what is alive in it, keeps an import from growing past what a 1 GiB instance can spare.
 */
export const nodeFlags = ['--max-semi-space-size=4', '--max-old-space-size=160'] as const;
