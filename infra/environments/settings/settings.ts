/** A block's settings: its defaults, which stand beside each property, and what an environment says otherwise. */
export const settings = <T extends object>(Defaults: new () => T, given: Partial<T> = {}): T =>
  Object.assign(new Defaults(), given);
