/** TCP ports that the services listen on inside their container and on a laptop. */
export const ports = {
  api: 3000,
  gateway: 8080,
  apiMetrics: 9464,
  gatewayMetrics: 9465,
} as const;
