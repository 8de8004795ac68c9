export const signInTexts = {
  title: 'Sign in',
  email: 'Email',
  password: 'Password',
  submit: 'Sign in',
  emailWrong: 'Enter a whole email address, such as sam@example.com.',
  emailMissing: 'Enter your email address.',
  passwordMissing: 'Enter your password.',
  code: 'Code',
  codeHint: 'Of your authenticator app, or a recovery code.',
  codeMissing: 'Enter the code.',
  wrongCode: 'The email address, the password or the code is not right.',
  wrong: 'The email address or the password is not right.',
  throttled: (seconds: number | undefined) =>
    seconds
      ? `Too many attempts. Try again in ${Math.ceil(seconds / 60) <= 1 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`}.`
      : 'Too many attempts. Try again in a while.',
  away: 'The server cannot be reached. Try again in a moment.',
  forgotten: {
    link: 'Forgot your password?',
    title: 'Forgot your password?',
    text: 'Enter the email address of your account. You get a link by mail to choose a new password.',
    submit: 'Send the link',
    sentTitle: 'Look into your mailbox',
    sent: (email: string) =>
      `If an account has the address ${email}, a link is on its way there. It works once, within 30 minutes. If nothing comes, look among the junk mail and check the address.`,
    mailIsOff: 'This deployment sends no links by mail. Ask an admin to give you a new password.',
    back: 'Back to sign-in',
  },
  newPassword: {
    title: 'Choose a new password',
    submit: 'Save password',
    done: 'Your password is changed. Sign in with it.',
    invalid: 'This link is not, or no longer, valid: each works once, and for a short time. Ask for a new one.',
    again: 'Ask for a new link',
    signIn: 'Sign in',
  },
  expired: {
    title: 'Sign in again',
    text: 'Your session has ended. Everything on the page behind stays as it is, and goes on when you have signed in.',
  },
};
