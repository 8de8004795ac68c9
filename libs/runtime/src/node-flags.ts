/** A third of a 1 GiB instance at most, with what is not V8's: three times what is alive in a service that works. */
const OLD_GENERATION = '--max-old-space-size=160';

/**
 * How Node is started, wherever a service is: V8's own sizes are for a machine that it has to itself.
 *
 * A request of the API allocates some 120 KB. Where the young generation takes fewer requests than are worked on at a time,
 * everything that these hold is copied to the old one: with 4 MiB instead of 16, a movement costs about half as much processor
 * time again, for 15 MiB less. The gateway holds little for each request, and stays smaller.
 */
export const nodeFlags = {
  api: ['--max-semi-space-size=16', OLD_GENERATION],
  gateway: ['--max-semi-space-size=4', OLD_GENERATION],
} as const;
