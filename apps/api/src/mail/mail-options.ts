import { BlockList, isIP } from 'node:net';

/** The server that takes mail, and who it is from. */
export interface MailOptions {
  /** `smtps://user:password@host:port`: TLS from the beginning. `smtp://…`: STARTTLS, which only a loopback address may do without. */
  url: string;
  /** An e-mail address. */
  from: string;
  /** The origin of the web interface, which links in mails lead to. Undefined: no mail has a link. */
  publicUrl?: string | undefined;
}

const PORTS = { 'smtp:': 587, 'smtps:': 465 };
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Of nodemailer's transport. @throws TypeError where it is no URL of this kind */
export function parseSmtpUrl(text: string) {
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new TypeError('not a URL of SMTP');
  if (hostname === '' || (pathname !== '' && pathname !== '/') || search !== '' || hash !== '')
    throw new TypeError('a URL of SMTP has a host, and neither a path nor parameters');
  const host = withoutBrackets(hostname);
  const secure = protocol === 'smtps:';
  return {
    host,
    port: port === '' ? PORTS[protocol] : Number(port),
    secure,
    requireTLS: !secure && !isLoopback(host),
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}

const withoutBrackets = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

function isLoopback(hostname: string): boolean {
  const host = withoutBrackets(hostname);
  return host === 'localhost' || (isIP(host) > 0 && LOOPBACK.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4'));
}

export function isSmtpUrl(value: unknown): boolean {
  try {
    return typeof value === 'string' && parseSmtpUrl(value).port > 0;
  } catch {
    return false;
  }
}

/** Whether links in mails may lead there: an origin by HTTPS, or one of this machine. */
export function isPublicUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname, origin, href } = new URL(value);
  if (href !== `${origin}/`) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
