/**
 * The numbers that two sides must agree on: the apps that serve and the infrastructure that runs them.
 * Durations are in the unit that their name ends with. These files import nothing, so that both sides can read them.
 */
export * from './health-check.ts';
export * from './keep-alive.ts';
export * from './node-flags.ts';
export * from './paths.ts';
export * from './ports.ts';
export * from './shutdown.ts';
