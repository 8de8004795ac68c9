import { request } from 'undici';

export interface Page {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** `Set-Cookie` as it came. */
  setCookies: string[];
  text: string;
  /** Undefined where it is not JSON. */
  body: any;
}

/** Speaks to one server as a browser does for one of that server's own pages: it keeps cookies and says where a write comes from. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(readonly url: string) {}

  get = (path: string, headers?: Record<string, string>) => this.send('GET', path, undefined, headers);
  delete = (path: string, headers?: Record<string, string>) => this.send('DELETE', path, undefined, headers);
  post = (path: string, body: unknown, headers?: Record<string, string>) => this.send('POST', path, body, headers);

  signIn = (email: string, password: string, headers?: Record<string, string>) =>
    this.post('/session', { email, password }, headers);

  /** A second window of the same browser, as it is now, perhaps at another server behind the same name. */
  alsoAt(url = this.url): Browser {
    const other = new Browser(url);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { 'sec-fetch-site': 'same-origin', origin: this.url },
  ): Promise<Page> {
    const response = await request(this.url + path, {
      method,
      headers: {
        ...(this.cookies.size > 0 && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const setCookies = [response.headers['set-cookie'] ?? []].flat();
    for (const line of setCookies) this.keep(line);
    const text = await response.body.text();
    const isJson = /json/.test(String(response.headers['content-type'])) && text !== '';
    return {
      status: response.statusCode,
      headers: response.headers,
      setCookies,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  private keep(setCookie: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(setCookie)!;
    if (/; Max-Age=0;/.test(setCookie)) this.cookies.delete(name!);
    else this.cookies.set(name!, value!);
  }
}
