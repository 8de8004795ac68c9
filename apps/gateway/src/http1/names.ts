const MOST_KNOWN = 1_000;
const LONGEST_KNOWN = 64;
const known = new Map<string, string>();

/** A field's name in lower case: the same two dozen spellings come with every message. */
export function lowerCase(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  const lower = name.toLowerCase();
  if (name.length > LONGEST_KNOWN) return lower;
  if (known.size >= MOST_KNOWN) known.clear(); // Somebody makes names up.
  known.set(name, lower);
  return lower;
}
