import { type Session, SESSION_IDLE_SECONDS } from '#contracts';

/** What a browser brings. */
export interface TokenPair {
  accessToken?: string;
  refreshToken?: string;
}

/**
 * The names of the two cookies. On HTTPS they have the prefix that lets no other host set them (RFC 6265bis §4.1.3.2);
 * a browser takes that prefix on HTTPS only.
 */
const namesOf = (secure: boolean) => {
  const prefix = secure ? '__Host-' : '';
  return { access: `${prefix}stockroom-access`, refresh: `${prefix}stockroom-refresh` };
};

/** What a token may look like: nothing that could end a header field or begin another attribute. */
const TOKEN = /^[\w.~+/=-]{1,1024}$/;

/** The tokens in a `Cookie` field. What is no token is not there. */
export function readCookies(field: string | undefined, secure: boolean): TokenPair {
  if (!field?.includes('stockroom-')) return {};
  const { access, refresh } = namesOf(secure);
  const accessToken = valueOf(field, access);
  const refreshToken = valueOf(field, refresh);
  return { ...(accessToken && { accessToken }), ...(refreshToken && { refreshToken }) };
}

function valueOf(field: string, name: string): string | undefined {
  for (const pair of field.split(';')) {
    const [given, value = ''] = pair.trim().split(/=(.*)/s, 2);
    if (given === name) return TOKEN.test(value) ? value : undefined;
  }
  return undefined;
}

/**
 * `Set-Cookie` fields for new tokens. Both stay as long as the session may: what the access token is good for, it says itself.
 * @throws where a token is not one
 */
export function cookiesFor({ accessToken, refreshToken }: Session, secure: boolean): string[] {
  const { access, refresh } = namesOf(secure);
  return [setCookie(access, accessToken, secure), setCookie(refresh, refreshToken, secure)];
}

/** `Set-Cookie` fields that make a browser forget the tokens. */
export function noCookies(secure: boolean): string[] {
  return Object.values(namesOf(secure)).map((name) => `${name}=; Max-Age=0; ${attributes(secure)}`);
}

function setCookie(name: string, token: string, secure: boolean): string {
  if (!TOKEN.test(token)) throw new Error('The API gave a token that no cookie can hold.');
  return `${name}=${token}; Max-Age=${SESSION_IDLE_SECONDS}; ${attributes(secure)}`;
}

const attributes = (secure: boolean): string => `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
