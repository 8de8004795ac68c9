/** All violations of an environment, in one message. */
export class InvalidEnvironmentError extends Error {
  readonly violations: string[];

  constructor(name: string, violations: string[]) {
    super(`The environment ${name} is invalid:\n${violations.map((violation) => `  - ${violation}`).join('\n')}`);
    this.violations = violations;
  }
}
