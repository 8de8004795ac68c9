const FIRST_SECONDS = 5;
const MAX_SECONDS = 3_600;

/**
 * How long after a failure the next attempt is, in seconds: 5, 10, 20 and so on up to an hour, each a quarter more or less,
 * so that webhooks that failed together do not try again together.
 * @param failures how many there are in a row, 1 or more
 * @param retryAfter what the receiver asked for: it may ask for more, up to an hour, not for less
 */
export function backoffSeconds(failures: number, retryAfter = 0, random: () => number = Math.random): number {
  const backoff = Math.min(MAX_SECONDS, FIRST_SECONDS * 2 ** (failures - 1)) * (0.75 + random() / 2);
  return Math.max(backoff, Math.min(retryAfter, MAX_SECONDS));
}
