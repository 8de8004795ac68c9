import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { newKey } from '../../api/new-key.ts';
import { parseItemsSearch, withFilters } from './search.ts';

/** A key that follows another one within this time, in milliseconds, waits that long for the next before it searches. */
const FAST_TYPING_MS = 40;
/** How long a person pauses before the URL says what they typed, in milliseconds. */
const URL_DELAY_MS = 300;

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The field that wrote this URL's words: to itself they are no news. */
    writtenBy?: string;
  }
}

/** What a person searches for while they type. */
export interface SearchInput {
  /** As they stand in the field. */
  text: string;
  /** What the list is asked for; empty: everything. */
  q: string;
  onType: (text: string) => void;
  /** Lets the URL say so at once: the person may be about to leave. */
  flush: () => void;
}

const route = getRouteApi('/authenticated/items');

/** The field is right, and the URL follows it, however late that may be. Where others change the URL, the field follows. */
export function useSearchInput(): SearchInput {
  const navigate = route.useNavigate();
  const { history, options } = useRouter();
  const [self] = useState(newKey);
  const inUrl = route.useSearch().q ?? '';
  const [text, setText] = useState(inUrl);
  const [q, setQ] = useState(inUrl);
  const [asking, writing] = [useTimer(), useTimer()];
  const typedAt = useRef(-FAST_TYPING_MS);
  useEffect(
    () =>
      history.subscribe(({ location: { pathname, search, state }, action: { type } }) => {
        const isOwn = type === 'REPLACE' && state.writtenBy === self;
        if (pathname !== '/items' || isOwn) return;
        // The person went back, or cleared the filters.
        const words = parseItemsSearch(options.parseSearch(search)).q ?? '';
        asking.stop();
        writing.stop();
        setText(words);
        setQ(words);
      }),
    [history, options, self, asking, writing],
  );
  const write = (words: string) =>
    void navigate({
      search: (before) => withFilters(before, { q: words || undefined }),
      state: (before) => ({ ...before, writtenBy: self }),
      replace: true,
    });
  const onType = (next: string) => {
    const words = next.trim();
    setText(next);
    asking.stop();
    const now = performance.now();
    if (now - typedAt.current > FAST_TYPING_MS) setQ(words);
    else asking.start(() => setQ(words), FAST_TYPING_MS);
    typedAt.current = now;
    writing.start(() => write(words), URL_DELAY_MS);
  };
  const flush = () => {
    if (text.trim() === inUrl) return;
    writing.stop();
    write(text.trim());
  };
  return { text, q, onType, flush };
}

/** One timer, which ends with the component. */
function useTimer() {
  const [timer] = useState(() => {
    let running: ReturnType<typeof setTimeout> | undefined;
    const stop = () => clearTimeout(running);
    return {
      stop,
      start: (action: () => void, milliseconds: number) => {
        stop();
        running = setTimeout(action, milliseconds);
      },
    };
  });
  useEffect(() => timer.stop, [timer]);
  return timer;
}
