import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { ApiProblem, NetworkError, PageLoadError } from '../api/problem.ts';
import { reachable } from '../api/reachability.ts';
import { shell } from '../texts/shell.ts';
import { Empty, LoadError } from './state.tsx';

const RELOADED_AT = 'stockroom.reloadedAt';
/** A page that is still broken after it was loaded again is not loaded again and again. In milliseconds. */
const RELOAD_PAUSE_MS = 30_000;

/** In place of a page that threw. Where the network was the reason, the page comes when the network is back. */
export function ErrorFallback({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  useEffect(() => {
    if (!(error instanceof NetworkError)) return;
    return reachable.subscribe(() => {
      if (!reachable.get()) return;
      if (error instanceof PageLoadError) return reloadOnce();
      reset();
      void router.invalidate();
    });
  }, [error, reset, router]);
  if (error instanceof PageLoadError) return <LoadError error={error} retry={() => location.reload()} />;
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

function reloadOnce(): void {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < RELOAD_PAUSE_MS) return;
  sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  location.reload();
}
