import createClient, { type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch';
import { type EventOptions, type FeedEvent, followEvents, readEvents } from './events.ts';
import type { components, paths } from './openapi.ts';
import { readProblem } from './problem.ts';
import type { RetryOptions } from './retry.ts';
import { Sender, type Token } from './sender.ts';

export type Schema = components['schemas'];

export interface ClientOptions extends RetryOptions {
  /** Where Stockroom responds: `https://stock.example.com`. */
  url: string;
  token?: Token;
}

type Method = 'get' | 'post' | 'patch' | 'delete';
type PathWith<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths];
type Init<P extends keyof paths, M extends Method> = MaybeOptionalInit<paths[P], M>;
type InitArgument<I> = undefined extends I ? [init?: I] : [init: I];
type Operation<P extends keyof paths, M extends Method> = Extract<paths[P][M], Record<string, unknown>>;
/** A success: what else comes is thrown. */
type Result<P extends keyof paths, M extends Method, I> = Extract<
  FetchResponse<Operation<P, M>, I, 'application/json'>,
  { data: unknown }
>;
type Call<M extends Method> = <P extends PathWith<M>, I extends Init<P, M>>(
  path: P,
  ...init: InitArgument<I>
) => Promise<Result<P, M, I>>;

type PageOf<P extends PathWith<'get'>> = Result<P, 'get', undefined>['data'];
type ListPath = {
  [P in PathWith<'get'>]: PageOf<P> extends { items: unknown[]; nextCursor: string | null } ? P : never;
}[PathWith<'get'>];
type Row<P extends ListPath> = PageOf<P> extends { items: (infer R)[] } ? R : never;

/** `params`, `body` and the rest are those of openapi-fetch. What is no success is thrown as an ApiProblem. */
export interface StockroomClient {
  GET: Call<'get'>;
  POST: Call<'post'>;
  PATCH: Call<'patch'>;
  DELETE: Call<'delete'>;
  /** Every row of a list, page by page as they are taken. */
  list<P extends ListPath>(path: P, ...init: InitArgument<Init<P, 'get'>>): AsyncGenerator<Row<P>, void>;
  /** The change feed (docs/events.md). */
  events(options?: EventOptions): AsyncGenerator<FeedEvent, void>;
}

export function createStockroomClient({ url, token, ...retry }: ClientOptions): StockroomClient {
  const baseUrl = url.replace(/\/+$/, '');
  const { send } = new Sender(token, retry);
  const bodySerializer = (body: unknown) => (isFile(body) ? body : JSON.stringify(body));
  const api = createClient<paths, 'application/json'>({ baseUrl, fetch: send, bodySerializer });
  api.use({
    onResponse: async ({ response }) => {
      if (!response.ok) throw await readProblem(response);
    },
  });
  const { GET, POST, PATCH, DELETE } = api as unknown as StockroomClient;
  return {
    GET,
    POST,
    PATCH,
    DELETE,
    list: (path, ...[init]) => listRows(GET as unknown as GetPage, path, init),
    events: ({ follow = false, ...options } = {}) => {
      if (follow) return followEvents(new URL(`${baseUrl}/api/v1/events`), send, options);
      const { signal = null } = options;
      return readEvents(async (query) => (await GET('/api/v1/events', { params: { query }, signal })).data, options);
    },
  };
}

/** Sent as it is. No body in JSON is a text alone. */
const isFile = (body: unknown): boolean =>
  typeof body === 'string' || body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body);

interface ListInit {
  params?: { query?: object };
}
type GetPage = <R>(path: string, init: ListInit) => Promise<{ data: { items: R[]; nextCursor: string | null } }>;

async function* listRows<R>(get: GetPage, path: string, init: ListInit = {}): AsyncGenerator<R, void> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: 200, ...init.params?.query, cursor };
    const { data } = await get<R>(path, { ...init, params: { ...init.params, query } });
    yield* data.items;
    cursor = data.nextCursor;
  }
}
