import type { Environment } from '../../environments/environment.ts';
import { violations } from '../violations.ts';

/** What sending mail takes. */
export const mailViolations = ({ mail, roles }: Environment): string[] =>
  mail === undefined
    ? []
    : violations(
        [
          !mail.urlSecretArn.startsWith('arn:') ||
            (roles.from === 'create' && mail.urlSecretArn.split(':')[2] !== 'secretsmanager'),
          'mail: the URL of the server is a secret; set SMTP_URL_SECRET_ARN to its ARN. A role that is created here reads secrets of Secrets Manager only.',
        ],
        [
          !/^[^@\s]+@[^@\s]+$/.test(mail.from ?? ''),
          'mail: without a sender no server takes mail; set MAIL_FROM to the address that mail is from.',
        ],
      );
