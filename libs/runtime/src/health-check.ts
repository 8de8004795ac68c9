/** The target groups' health check on `paths.ready`. */
export const healthCheck = {
  intervalSeconds: 5,
  timeoutSeconds: 3,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
  gracePeriodSeconds: 30,
} as const;
