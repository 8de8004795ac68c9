import { Button } from '@mantine/core';
import { shell } from '../texts/shell';
import { Empty, LoadError } from './state';
import { ApiProblem, NetworkError } from '../api/problem';
import { TriangleAlert } from 'lucide-react';

/** In place of a page that threw. */
export function ErrorFallback({ error, reset }: { error: unknown; reset: () => void }) {
  if (error instanceof ApiProblem || error instanceof NetworkError) return <LoadError error={error} retry={reset} />;
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
