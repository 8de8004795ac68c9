/** What a service tells the process that started it, where that one listens (`npm start`). */
export type ParentMessage =
  /** It serves at this address. */
  { listening: string } | { greeting: unknown };

/** @returns whether there is a parent process */
export function notifyParent(message: ParentMessage): boolean {
  return process.send?.(message) ?? false;
}
