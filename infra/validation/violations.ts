/** Keeps the sentences whose condition is met: `violations([isWrong, 'what is wrong, and what to write'])`. */
export const violations = (...checks: [isWrong: boolean, sentence: string][]): string[] =>
  checks.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
