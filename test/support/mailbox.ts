import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Its header fields, by name in small letters. */
  headers: Record<string, string>;
  text: string;
}

/** A real SMTP server that keeps what it gets. */
export class Mailbox {
  readonly mails: ReceivedMail[] = [];
  /** Answers with 451 instead of taking a mail. */
  isRefusing = false;
  private readonly server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: true,
    onAuth: ({ username, password }, _, done) =>
      password === 'right' ? done(null, { user: username ?? '' }) : done(new Error('the password is wrong')),
    onData: (stream, { envelope }, done) => {
      void new Response(stream as unknown as ReadableStream).text().then((raw) => {
        if (this.isRefusing) return done(Object.assign(new Error('Try again later'), { responseCode: 451 }));
        const [head = '', ...body] = raw.split('\r\n\r\n');
        const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
        const entries = fields.map((field) => /^([^:]+): (.*)$/s.exec(field)!.slice(1) as [string, string]);
        this.mails.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          headers: Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value])),
          text: fromQuotedPrintable(body.join('\r\n\r\n')).replaceAll('\r\n', '\n').trim(),
        });
        done();
      });
    },
  });

  /** Without mails, and taking them, as at the beginning. */
  reset(): void {
    this.isRefusing = false;
    this.mails.length = 0;
  }

  /** @returns its URL */
  async start(): Promise<string> {
    this.server.on('error', () => undefined); // A client that breaks off.
    const listening = this.server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  stop = (): Promise<void> => new Promise((stopped) => this.server.close(() => stopped()));
}

/** RFC 2045 §6.7. */
const fromQuotedPrintable = (text: string): string =>
  text
    .replaceAll('=\r\n', '')
    .replace(/(=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());
