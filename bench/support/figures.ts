/** Several measurements of one thing. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

export const spreadOf = (values: number[]): Spread => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
};

export interface Target {
  atLeast?: number;
  atMost?: number;
}

/** One line of the table. */
export interface Figure {
  what: string;
  /** Of `ours` and `peer`. */
  unit: string;
  ours: Spread;
  /** What it is measured against, in the same run. */
  peer?: Spread;
  /** Ours by the peer's, pair by pair. */
  ratio?: Spread;
  /** Of the ratio, or of `ours` where there is no peer. */
  target: Target;
  met: boolean;
}

/** A figure without a peer. */
export function figure(what: string, unit: string, values: number[], target: Target): Figure {
  const ours = spreadOf(values);
  return { what, unit, ours, target, met: meets(ours.median, target) };
}

/** A figure beside its peer's, from pairs that were measured one right after the other. */
export function compared(what: string, unit: string, pairs: Pair[], target: Target): Figure {
  const ratio = spreadOf(pairs.map(({ ours, peer }) => ours / peer));
  return {
    what,
    unit,
    ours: spreadOf(pairs.map(({ ours }) => ours)),
    peer: spreadOf(pairs.map(({ peer }) => peer)),
    ratio,
    target,
    met: meets(ratio.median, target),
  };
}

export interface Pair {
  ours: number;
  peer: number;
}

/** Measures both in turn, A B, B A, A B, …, after a warm-up that does not count. */
export async function inTurn(
  rounds: number,
  { ours, peer }: { ours: () => Promise<number>; peer: () => Promise<number> },
): Promise<Pair[]> {
  await ours();
  await peer();
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) pairs.push({ ours: await ours(), peer: await peer() });
    else {
      const theirs = await peer();
      pairs.push({ ours: await ours(), peer: theirs });
    }
  }
  return pairs;
}

const meets = (value: number, { atLeast = -Infinity, atMost = Infinity }: Target): boolean =>
  value >= atLeast && value <= atMost;
