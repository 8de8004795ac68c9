import type { Variables } from '../variables.ts';

/** A server that takes mail, such as SES by SMTP. */
export interface MailSettings {
  /** The secret, or SecureString parameter, that holds `SMTP_URL`. */
  urlSecretArn: string;
  /** Who mail is from: `MAIL_FROM`. */
  from: string | undefined;
}

/** Undefined: no mail is sent. */
export const mailSettings = ({ SMTP_URL_SECRET_ARN, MAIL_FROM }: Variables): MailSettings | undefined =>
  SMTP_URL_SECRET_ARN === undefined ? undefined : { urlSecretArn: SMTP_URL_SECRET_ARN, from: MAIL_FROM };
