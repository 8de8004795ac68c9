const MOST_REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 64;

/**
 * What a rule says of a field's name, worked out once for each spelling: the same two dozen names come with every message.
 * @param rule gets the name in lower case
 */
export function remembered(rule: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const verdict = known.get(name);
    if (verdict !== undefined) return verdict;
    const found = rule(name.toLowerCase());
    if (name.length > LONGEST_REMEMBERED) return found;
    if (known.size >= MOST_REMEMBERED) known.clear(); // Somebody makes names up.
    known.set(name, found);
    return found;
  };
}
