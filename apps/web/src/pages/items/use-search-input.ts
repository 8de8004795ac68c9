import { getRouteApi, useLocation } from '@tanstack/react-router';
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
  const { pathname, state, search } = useLocation();
  const inUrl = parseItemsSearch(search).q ?? '';
  const [seen, setSeen] = useState(state.__TSR_key);
  const [self, setSelf] = useState(newKey);
  const [text, setText] = useState(inUrl);
  const [q, setQ] = useState(inUrl);
  const [asking, writing] = [useTimer(self), useTimer(self)];
  const typedAt = useRef(-FAST_TYPING_MS);
  if (pathname === '/items' && state.__TSR_key !== seen) {
    setSeen(state.__TSR_key);
    // The person went back, or cleared the filters: the field takes over the URL's value.
    if (state.writtenBy !== self) {
      setSelf(newKey());
      setText(inUrl);
      setQ(inUrl);
    }
  }
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

/** One timer, which ends with `life`. */
function useTimer(life: string) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => clearTimeout(timer.current);
  useEffect(() => stop, [life]);
  return {
    stop,
    start: (action: () => void, milliseconds: number) => {
      stop();
      timer.current = setTimeout(action, milliseconds);
    },
  };
}
