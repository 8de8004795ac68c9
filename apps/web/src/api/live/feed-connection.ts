import type { Schema } from '../client.ts';

export type FeedEvent = Schema['Event'];
type ResourceOf<T> = T extends `${infer R}.${string}` ? R : never;
/** What an event is about. */
export type Resource = ResourceOf<FeedEvent['type']>;

/** What pages are told. */
export interface FeedUpdate {
  /** Whether changes come by themselves. Where it turns true, some may have been missed before. */
  isConnected: boolean;
  changed: Resource[];
  /** The latest of the changes. */
  events: FeedEvent[];
}

/** Only from now on: what a page shows it has read before. */
const ADDRESS = '/api/v1/events?after=latest';
/** The changes of a burst come together, so that a page reads again at most this often, in milliseconds. */
const BURST_MS = 700;
const MAX_EVENTS = 50;
/** When a stream that was refused is tried again, in milliseconds: doubled each time. */
const [FIRST_RETRY_MS, MAX_RETRY_MS] = [2_000, 60_000];

const resourceOf = ({ type }: FeedEvent): Resource => type.split('.', 1)[0] as Resource;

/** The change feed as it happens. A lost connection is made again by the browser, from where it was; a refused one by this. */
export class FeedConnection {
  private source: EventSource | undefined;
  private readonly changed = new Set<Resource>();
  private events: FeedEvent[] = [];
  private sentAt = -Infinity;
  private sending: ReturnType<typeof setTimeout> | undefined;
  private retrying: ReturnType<typeof setTimeout> | undefined;
  private retryMs = FIRST_RETRY_MS;

  constructor(private readonly send: (update: FeedUpdate) => void) {
    this.connect();
  }

  get isConnected(): boolean {
    return this.source?.readyState === EventSource.OPEN;
  }

  close(): void {
    this.source?.close();
    clearTimeout(this.retrying);
    clearTimeout(this.sending);
  }

  private connect(): void {
    const source = new EventSource(ADDRESS);
    this.source = source;
    source.onopen = () => {
      this.retryMs = FIRST_RETRY_MS;
      this.flush();
    };
    source.onmessage = ({ data }: MessageEvent<string>) => this.add(JSON.parse(data) as FeedEvent);
    source.onerror = () => {
      this.flush();
      if (source.readyState !== EventSource.CLOSED) return;
      this.retrying = setTimeout(() => this.connect(), this.retryMs * (0.5 + Math.random() / 2));
      this.retryMs = Math.min(MAX_RETRY_MS, 2 * this.retryMs);
    };
  }

  private add(event: FeedEvent): void {
    this.changed.add(resourceOf(event));
    this.events = [...this.events.slice(1 - MAX_EVENTS), event];
    this.sending ??= setTimeout(() => this.flush(), Math.max(0, this.sentAt + BURST_MS - performance.now()));
  }

  private flush(): void {
    clearTimeout(this.sending);
    this.sending = undefined;
    this.sentAt = performance.now();
    this.send({ isConnected: this.isConnected, changed: [...this.changed], events: this.events });
    this.changed.clear();
    this.events = [];
  }
}
