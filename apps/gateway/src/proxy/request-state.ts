import type { Progress } from './limits/timeouts.ts';

/**
 * The life of a forwarded request:
 * `received` (rules and limits are checked), `preparing` (the hook runs), `connecting` (a connection to the upstream is
 * awaited), `uploading` (the body goes up), `awaiting` (the first byte of the response is awaited), `responding` (the response
 * comes down), `flushing` (all of it waits for the client to read), `refused` (the gateway's own error response is sent),
 * `cut` (a response that had begun was broken off), `closed`.
 */
export type State =
  | 'received'
  | 'preparing'
  | 'connecting'
  | 'uploading'
  | 'awaiting'
  | 'responding'
  | 'flushing'
  | 'refused'
  | 'cut'
  | 'closed';

const TRANSITIONS: Record<State, readonly State[]> = {
  received: ['preparing', 'refused', 'closed'],
  preparing: ['connecting', 'refused', 'closed'],
  // From itself and from the two that follow: another attempt.
  connecting: ['connecting', 'uploading', 'awaiting', 'refused', 'closed'],
  uploading: ['connecting', 'awaiting', 'responding', 'refused', 'closed'],
  awaiting: ['connecting', 'responding', 'refused', 'closed'],
  responding: ['flushing', 'cut', 'closed'],
  flushing: ['cut', 'closed'],
  refused: ['cut', 'closed'],
  cut: ['closed'],
  closed: [],
};

const PHASES: Record<State, Progress['phase']> = {
  received: 'untimed',
  preparing: 'untimed',
  connecting: 'connecting',
  uploading: 'uploading',
  awaiting: 'awaiting',
  responding: 'responding',
  flushing: 'flushing',
  refused: 'flushing',
  cut: 'untimed',
  closed: 'untimed',
};

export class RequestState {
  private current: State = 'received';

  get name(): State {
    return this.current;
  }

  get phase(): Progress['phase'] {
    return PHASES[this.current];
  }

  /** Nothing more is expected from the upstream, and nothing more may be sent to the client. */
  get isOver(): boolean {
    return !TRANSITIONS[this.current].includes('refused') && this.current !== 'responding';
  }

  /** No response has begun. */
  get isRefusable(): boolean {
    return TRANSITIONS[this.current].includes('refused');
  }

  /** @throws Error where the transition is not allowed: a fault of the program */
  enter(next: State): void {
    if (!TRANSITIONS[this.current].includes(next))
      throw new Error(`A request cannot go from "${this.current}" to "${next}".`);
    this.current = next;
  }
}
