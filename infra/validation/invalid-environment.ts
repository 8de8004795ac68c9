/** All mistakes of an environment, in one message. */
export class InvalidEnvironmentError extends Error {
  readonly violations: string[];

  constructor(name: string, mistakes: string[]) {
    super(`The environment ${name} is not right:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.violations = mistakes;
  }
}
