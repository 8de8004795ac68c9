import { BlockList, isIP } from 'node:net';

/** The server that takes mail, and who it is from. */
export interface MailOptions {
  /** `smtps://user:password@host:port`: TLS from the beginning. `smtp://…`: STARTTLS, which only a loopback address may do without. */
  url: string;
  /** An e-mail address. */
  from: string;
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
  const host = hostname.replace(/^\[|\]$/g, '');
  const isLoopback =
    host === 'localhost' || (isIP(host) > 0 && LOOPBACK.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4'));
  const secure = protocol === 'smtps:';
  return {
    host,
    port: port === '' ? PORTS[protocol] : Number(port),
    secure,
    requireTLS: !secure && !isLoopback,
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}

export function isSmtpUrl(value: unknown): boolean {
  try {
    return typeof value === 'string' && parseSmtpUrl(value).port > 0;
  } catch {
    return false;
  }
}
