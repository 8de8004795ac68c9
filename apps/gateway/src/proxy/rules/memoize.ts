const MAX_ENTRIES = 1_000;
const MAX_KEY_LENGTH = 64;

/** Caches the results of a pure function of a text. The cache is bounded, whatever clients send. */
export function memoize<T>(compute: (key: string) => T): (key: string) => T {
  const results = new Map<string, T>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = compute(key);
    if (key.length > MAX_KEY_LENGTH) return result;
    if (results.size >= MAX_ENTRIES) results.clear();
    results.set(key, result);
    return result;
  };
}
