/** Command line options of the deploy commands. */
export interface Options {
  since: string;
  follow: boolean;
  /** Of `destroy`: takes deletion protections off first. */
  unprotect: boolean;
}
