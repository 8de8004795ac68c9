export const signInTexts = {
  title: 'Sign in',
  email: 'Email',
  password: 'Password',
  submit: 'Sign in',
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
  expired: {
    title: 'Sign in again',
    text: 'Your session has ended. Everything on the page behind stays as it is, and goes on when you have signed in.',
  },
};
