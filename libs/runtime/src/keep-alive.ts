/** Who gives up an idle connection first: always the side that sends the next request, so that none is lost to the race. */
export const keepAlive = {
  /** The load balancer's idle timeout. */
  loadBalancerIdleSeconds: 60,
  /** A server of ours outlives it. */
  serverSeconds: 75,
  /** A client pool of ours gives up before it. */
  poolSeconds: 50,
} as const;
