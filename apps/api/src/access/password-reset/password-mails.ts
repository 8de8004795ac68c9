import { PASSWORD_RESET_MINUTES } from '#contracts';

interface MailText {
  subject: string;
  text: string;
}

/** The token is in the fragment, which a browser sends to no server, neither in a request nor in `Referer`. */
export const resetMail = (publicUrl: string, token: string): MailText => ({
  subject: 'Stockroom: choose a new password',
  text: [
    `A new password was asked for, for your account of Stockroom at ${publicUrl}.`,
    `To choose one, open this page within ${PASSWORD_RESET_MINUTES} minutes. It works once.`,
    `${publicUrl}/reset-password#${token}`,
    'If you did not ask for it, do nothing: your password stays as it is.',
  ].join('\n\n'),
});

export const changedMail = (publicUrl: string | undefined, at: Date): MailText => ({
  subject: 'Stockroom: your password was changed',
  text: [
    `The password of your account of Stockroom${publicUrl ? ` at ${publicUrl}` : ''} was changed, on ${utcOf(at)}.`,
    'If you did not expect that, tell an admin of Stockroom now.',
  ].join('\n\n'),
});

/** `2026-11-28 09:30 UTC` */
const utcOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
