/** Command line options of the deploy commands. */
export interface Options {
  since: string;
  follow: boolean;
}
