import { createTransport } from 'nodemailer';
import { type MailOptions, parseSmtpUrl } from './mail-options.ts';

export interface Mail {
  /** An e-mail address. */
  to: string;
  subject: string;
  text: string;
}

/** For the connection, for each answer, and for the whole, in milliseconds. */
const STEP_MS = 10_000;
const WHOLE_MS = 30_000;

/** A mail was not taken. The message holds neither addresses nor credentials, which the server's own answer may. */
export class MailError extends Error {}

/** Sends mail over SMTP, each on a connection of its own. Plain text only, with no files and nothing fetched. */
export class Mailer {
  constructor(private readonly options: MailOptions) {}

  /** The origin of the web interface. Undefined: no mail has a link. */
  get publicUrl(): string | undefined {
    return this.options.publicUrl;
  }

  /** Ends once the server has taken the mail. @throws MailError within 30 s */
  async send({ to, subject, text }: Mail): Promise<void> {
    const [from, recipient] = [this.options.from, to].map((address) => ({ name: '', address: oneLine(address) }));
    const mail = { from, to: recipient, subject: oneLine(subject), text };
    const transport = createTransport({
      ...parseSmtpUrl(this.options.url),
      connectionTimeout: STEP_MS,
      greetingTimeout: STEP_MS,
      socketTimeout: STEP_MS,
      dnsTimeout: STEP_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new MailError(`not sent within ${WHOLE_MS / 1000} s`)), WHOLE_MS);
    try {
      await Promise.race([transport.sendMail(mail), tooLate]);
    } catch (error) {
      throw error instanceof MailError ? error : new MailError(reasonOf(error));
    } finally {
      clearTimeout(timer);
      transport.close();
    }
  }
}

/** A line break in a header field would begin another one. */
function oneLine(value: string): string {
  if (/[\r\n]/.test(value)) throw new MailError('a header field would have a line break');
  return value;
}

function reasonOf(error: unknown): string {
  const { code = 'unknown error', responseCode } = error as { code?: string; responseCode?: number };
  return responseCode === undefined ? code : `${code}, answered with ${responseCode}`;
}
