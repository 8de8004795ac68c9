/** One target tracking policy with its metric, a value for each minute, the newest last. */
export interface Tracked {
  target: number;
  values: number[];
}

export interface Scaling {
  desired: number;
  min: number;
  max: number;
  /** Minutes since the last activity of each direction; Infinity: there was none. */
  minutesSince: { out: number; in: number };
  cooldownMinutes: { out: number; in: number };
}

const MINUTES_ABOVE = 3;
const MINUTES_BELOW = 15;
/** Below this share of the target it scales in. */
const IN_SHARE = 0.9;

/**
 * The desired count after one more minute. Any policy scales out; all must agree to scale in, and the largest result counts.
 * Source: Application Auto Scaling user guide, "Target tracking scaling policies"; its alarms want 3 minutes above the target,
 * or 15 below 90 % of it.
 */
export function nextDesired(tracked: Tracked[], { desired, min, max, minutesSince, cooldownMinutes }: Scaling): number {
  const wanted = Math.min(max, Math.max(min, ...tracked.map((policy) => wantedBy(policy, desired))));
  if (wanted > desired) return minutesSince.out >= cooldownMinutes.out ? wanted : desired;
  const sinceAny = Math.min(minutesSince.in, minutesSince.out);
  if (wanted < desired) return sinceAny >= cooldownMinutes.in ? wanted : desired;
  return desired;
}

function wantedBy({ target, values }: Tracked, desired: number): number {
  const above = values.slice(-MINUTES_ABOVE);
  if (above.length === MINUTES_ABOVE && above.every((value) => value > target))
    return Math.ceil((desired * above.at(-1)!) / target);
  const below = values.slice(-MINUTES_BELOW);
  if (below.length === MINUTES_BELOW && below.every((value) => value < target * IN_SHARE))
    return Math.ceil((desired * Math.max(...below)) / target);
  return desired;
}
