import { Button } from '@mantine/core';
import { shell } from '../texts/shell.ts';
import { Empty, Failed } from './state.tsx';
import { ApiProblem, AwayError } from '../api/problem.ts';
import { TriangleAlert } from 'lucide-react';

/** In place of a page that threw. */
export function Broken({ error, reset }: { error: unknown; reset: () => void }) {
  if (error instanceof ApiProblem || error instanceof AwayError) return <Failed error={error} retry={reset} />;
  return (
    <Empty
      icon={TriangleAlert}
      title={shell.broken.title}
      text={shell.broken.text}
      small={error instanceof Error ? error.message : String(error)}
    >
      <Button variant="default" onClick={() => location.reload()}>
        {shell.broken.reload}
      </Button>
    </Empty>
  );
}
