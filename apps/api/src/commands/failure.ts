import { failureText as serviceFailureText } from '#service';
import { AlreadyRunningError } from '../database/embedded/owner-lock.ts';

/** Why a command failed, for the terminal: what is wrong, and what to do where that is known. */
export const failureText = (error: unknown): string =>
  error instanceof AlreadyRunningError ? error.message : serviceFailureText(error);
