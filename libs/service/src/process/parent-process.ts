/** Messages of a service to the process that started it, where there is one (`npm start`). */
export type ParentMessage =
  /** It serves at this address. */
  { listening: string } | { greeting: unknown };

/** @returns whether there is a parent process */
export function notifyParent(message: ParentMessage): boolean {
  return process.send?.(message) ?? false;
}
