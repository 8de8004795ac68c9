import { Alert } from '@mantine/core';
import { ApiProblem, NetworkError } from '../api/problem.ts';
import { shell } from '../texts/shell.ts';

/** Why a form was not saved, above its buttons. What belongs to a field stands at the field. */
export function WriteError({ error, rest }: { error: Error | null; rest?: readonly string[] }) {
  if (!error) return null;
  const lines = rest ?? (error instanceof ApiProblem && error.body.errors ? [] : [errorMessage(error)]);
  if (lines.length === 0) return null;
  return (
    <Alert color="red" variant="light" title={shell.writeFailed.title} role="alert">
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </Alert>
  );
}

export const errorMessage = (error: Error): string =>
  error instanceof NetworkError ? shell.writeFailed.away : error.message;
