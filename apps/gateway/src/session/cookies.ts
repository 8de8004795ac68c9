import { DEVICE_TOKEN_SECONDS, type NewSession, type Session, SESSION_IDLE_SECONDS } from '#contracts';

/** The tokens in a browser's cookies. */
export interface TokenPair {
  accessToken?: string;
  refreshToken?: string;
}

/**
 * The names of the cookies. On HTTPS they have the prefix that lets no other host set them (RFC 6265bis §4.1.3.2);
 * a browser takes that prefix on HTTPS only.
 */
const PLAIN = { access: 'stockroom-access', refresh: 'stockroom-refresh', device: 'stockroom-device' };
const SECURE: typeof PLAIN = {
  access: `__Host-${PLAIN.access}`,
  refresh: `__Host-${PLAIN.refresh}`,
  device: `__Host-${PLAIN.device}`,
};

const namesOf = (secure: boolean) => (secure ? SECURE : PLAIN);

/** What a token may look like: nothing that could end a header field or begin another attribute. */
const TOKEN = /^[\w.~+/=-]{1,1024}$/;

/** The tokens in a `Cookie` field. A value that is no token is ignored. */
export function readCookies(field: string | undefined, secure: boolean): TokenPair {
  if (!field?.includes('stockroom-')) return {};
  const { access, refresh } = namesOf(secure);
  const accessToken = valueOf(field, access);
  const refreshToken = valueOf(field, refresh);
  return { ...(accessToken && { accessToken }), ...(refreshToken && { refreshToken }) };
}

/**
 * The device token of the last sign-in. One that is longer than the API accepts is ignored: the browser could not
 * correct it.
 */
export function readDeviceToken(field: string | undefined, secure: boolean): string | undefined {
  const token = field && valueOf(field, namesOf(secure).device);
  return token && token.length <= MAX_DEVICE_TOKEN ? token : undefined;
}

const MAX_DEVICE_TOKEN = 200;

/** The value of the first pair with this name, without splitting the others. */
function valueOf(field: string, name: string): string | undefined {
  for (let start = 0; start < field.length;) {
    const found = field.indexOf(';', start);
    const end = found === -1 ? field.length : found;
    const pair = field.slice(start, end).trim();
    if (pair.startsWith(name) && pair.charCodeAt(name.length) === EQUALS) {
      const value = pair.slice(name.length + 1);
      return TOKEN.test(value) ? value : undefined;
    }
    start = end + 1;
  }
  return undefined;
}

const EQUALS = 0x3d;

/**
 * `Set-Cookie` fields for new tokens. Both stay as long as the session may: the access token names its own expiry.
 * @throws where a token is not one
 */
export function cookiesFor({ accessToken, refreshToken }: Session, secure: boolean): string[] {
  const { access, refresh } = namesOf(secure);
  return [setCookie(access, accessToken, secure), setCookie(refresh, refreshToken, secure)];
}

/** The `Set-Cookie` field for the device, which outlives the session: it is for the next sign-in. */
export const deviceCookieFor = ({ deviceToken }: NewSession, secure: boolean): string =>
  setCookie(namesOf(secure).device, deviceToken, secure, DEVICE_TOKEN_SECONDS);

/** `Set-Cookie` fields that delete the session's tokens in the browser. */
export function noCookies(secure: boolean): string[] {
  const { access, refresh } = namesOf(secure);
  return [access, refresh].map((name) => `${name}=; Max-Age=0; ${attributes(secure)}`);
}

function setCookie(name: string, token: string, secure: boolean, seconds = SESSION_IDLE_SECONDS): string {
  if (!TOKEN.test(token)) throw new Error('The API gave a token that no cookie can hold.');
  return `${name}=${token}; Max-Age=${seconds}; ${attributes(secure)}`;
}

const attributes = (secure: boolean): string => `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
