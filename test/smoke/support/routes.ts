import { Client, type TestResponse } from '../../support/client.ts';

interface Call {
  /** What stands for `{id}` and the like in the route. */
  at?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls routes by the name that the OpenAPI document gives them, and remembers which. */
export class Routes {
  readonly called = new Set<string>();
  private client: Client;

  constructor(private readonly url: string) {
    this.client = new Client(url);
  }

  get token(): string | undefined {
    return this.client.token;
  }

  /** Every call from here on is made with this token. */
  signedInWith(token: string): void {
    this.client = new Client(this.url, token);
  }

  /** @param route method and path as in the document, such as `GET /api/v1/items/{id}` */
  async call(route: string, { at = {}, query, body, headers }: Call = {}): Promise<TestResponse> {
    this.called.add(route);
    const [method, template] = route.split(' ') as [string, string];
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => at[name]!);
    const reply = await this.client.send(
      method,
      query ? `${path}?${new URLSearchParams(query).toString()}` : path,
      body,
      headers,
    );
    if (reply.status >= 400) throw new Error(`${route} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply;
  }

  /** Reads how a long answer begins, and leaves the rest. */
  async beginning(route: string): Promise<string> {
    this.called.add(route);
    const headers = { authorization: `Bearer ${this.client.token}` };
    const { status, body } = await fetch(this.url + route.split(' ')[1], { headers });
    if (status !== 200) throw new Error(`${route} answered ${status}`);
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return value!;
  }
}
