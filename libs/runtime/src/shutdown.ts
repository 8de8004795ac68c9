/**
 * Shutting down: readiness fails, the load balancer deregisters the task, what is in flight finishes, the process ends.
 * `delaySeconds` < `drainBudgetSeconds` < `stopTimeoutSeconds`, else ECS kills a task that still serves.
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
