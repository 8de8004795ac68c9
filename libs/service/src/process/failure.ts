import { EnvironmentError } from '../settings/environment.ts';

/** Why a command failed, for the terminal: what is wrong, and what to do where that is known. */
export function failureText(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  const { code, port, message } = error as { code?: string; port?: number; message?: string };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use, perhaps by another Stockroom. Stop what uses it, or set PORT and METRICS_PORT.`;
  // An error of several addresses has no message of its own.
  return `Stockroom could not go on: ${message || code || String(error)}`;
}
