/** A count that is rather a typing error than a loss: it changes the level by more than half, and by more than ten units. */
export const isLargeDifference = (before: number, after: number): boolean =>
  Math.abs(after - before) > Math.max(10, before / 2);
