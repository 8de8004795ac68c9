import { request } from 'node:http';

export interface ProxiedResponse {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: { detail?: string; errors?: unknown };
}

/** What a client may write into `X-Forwarded-For` itself: another claim with each request. */
const claimOf = (n: number): string =>
  [`6.6.6.${n}`, `2001:db8::${n}`, `unknown-${n}`, `6.6.7.${n}, 7.7.7.${n}`, `127.0.9.${n}`, `"${n}"`, `6.6.8.${n}:80`][n % 7]!; // prettier-ignore

/** A client behind proxies that add themselves to `X-Forwarded-For`, as AWS load balancers do. */
export class ProxiedClient {
  private requests = 0;

  /**
   * @param hops the proxies between the client and the server
   * @param address one of the loopback network, so that the client can have it without a proxy
   */
  constructor(
    private readonly url: string,
    private readonly hops: number,
    private readonly address: string,
  ) {}

  /** What the server gets: the client's claim, its address as the first proxy sees it, and each proxy but the last. */
  get forwardedFor(): string[] {
    const proxies = Array.from({ length: Math.max(0, this.hops - 1) }, (_, n) => `10.0.0.${n + 1}`);
    return this.hops === 0 ? [] : [this.address, ...proxies];
  }

  post(path: string, body: object): Promise<ProxiedResponse> {
    return this.send('POST', path, JSON.stringify(body));
  }

  send(method: string, path: string, body = ''): Promise<ProxiedResponse> {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-forwarded-for': [claimOf(++this.requests), ...this.forwardedFor].join(', '),
    };
    const localAddress = this.hops === 0 ? this.address : '127.0.0.1';
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.url);
      request({ hostname, port, method, path, headers, localAddress, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: (text === '' ? {} : JSON.parse(text)) as ProxiedResponse['body'],
          }),
        );
      })
        .on('error', reject)
        .end(body);
    });
  }
}
