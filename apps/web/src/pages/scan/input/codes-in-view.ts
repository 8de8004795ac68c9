/** A code that stays in view is one scan. It counts again after pictures without it over this time, in milliseconds. */
const OUT_OF_VIEW_MS = 1_000;

/** Tells which codes have come into view. How long a picture takes to be read does not matter. */
export class CodesInView {
  /** By code: since when pictures are without it; undefined while it is seen. */
  private readonly absentSince = new Map<string, number | undefined>();

  /** @param codes what a picture shows @param at when it was taken, in milliseconds @returns those that are new */
  onPicture(codes: readonly string[], at: number): string[] {
    for (const [code, since] of this.absentSince) if (!codes.includes(code)) this.onAbsent(code, since, at);
    const entered = [...new Set(codes)].filter((code) => !this.absentSince.has(code));
    for (const code of codes) this.absentSince.set(code, undefined);
    return entered;
  }

  /** One picture that misses a code, as a blurred one does, tells nothing: a later one must miss it, too. */
  private onAbsent(code: string, since: number | undefined, at: number): void {
    if (since !== undefined && at - since >= OUT_OF_VIEW_MS) this.absentSince.delete(code);
    else this.absentSince.set(code, since ?? at);
  }
}
