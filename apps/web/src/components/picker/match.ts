export interface Choice {
  id: string;
  label: string;
  /** What a scanner reads, or a person types, for exactly this one. */
  codes: readonly string[];
}

/** The one that has this code, else the only one that there is. */
export function matchOf(words: string, choices: readonly Choice[]): Choice | undefined {
  const wanted = words.trim().toLowerCase();
  const exact = choices.filter(({ codes }) => codes.some((code) => code.toLowerCase() === wanted));
  if (exact.length === 1) return exact[0];
  return choices.length === 1 ? choices[0] : undefined;
}
