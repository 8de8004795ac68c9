/** How many inputs each property gets. */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000);
export const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

/** A property that takes longer than the usual limit is one that was asked to. */
export const TIMEOUT_MS = 30_000 + 50 * RUNS;

/** Turns of the event loop in which every message of one input has long been answered. */
const TURNS = 30;

/** Lets all that is under way within this process come to rest: neither side waits for a clock or for the network. */
export async function settle(): Promise<void> {
  for (let i = 0; i < TURNS; i++) await new Promise(setImmediate);
}
