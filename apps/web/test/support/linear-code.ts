/** The widths of bars and spaces by turns, from the first bar to the last, of a path that draws only bars. */
export function widthsIn(path: string): number[] {
  const bars = [...path.matchAll(/M(\d+) 0h(\d+)/g)].map(([, at, width]) => ({ at: Number(at), width: Number(width) }));
  return bars.flatMap(({ at, width }, n) => {
    const next = bars[n + 1];
    return next ? [width, next.at - at - width] : [width];
  });
}

/** ISO/IEC 15420, set A from the left; set B is A mirrored, set C has A's widths. */
const EAN_DIGITS = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'];
/** Which of the left six digits are of set B, by the first digit. */
const EAN_FIRST = ['AAAAAA', 'AABABB', 'AABBAB', 'AABBBA', 'ABAABB', 'ABBAAB', 'ABBBAA', 'ABABAB', 'ABABBA', 'ABBABA'];

export function readEan13(widths: number[]): string {
  const groups = (from: number) =>
    Array.from({ length: 6 }, (_, n) => widths.slice(from + 4 * n, from + 4 * n + 4).join(''));
  const left = groups(3).map((group) =>
    EAN_DIGITS.includes(group)
      ? { set: 'A', digit: EAN_DIGITS.indexOf(group) }
      : { set: 'B', digit: EAN_DIGITS.indexOf([...group].reverse().join('')) },
  );
  const first = EAN_FIRST.indexOf(left.map(({ set }) => set).join(''));
  return [first, ...left.map(({ digit }) => digit), ...groups(32).map((group) => EAN_DIGITS.indexOf(group))].join('');
}
