import { glossary } from './glossary.ts';

export const accountTexts = {
  title: 'Account',
  name: {
    title: 'Profile',
    label: 'Name',
    hint: 'Shown beside everything that you do from now on.',
    needed: glossary.required,
    submit: 'Save name',
    done: 'Your name is saved.',
  },
  password: {
    title: 'Password',
    current: 'Current password',
    next: 'New password',
    hint: '12 characters or more, for example several words that do not belong together.',
    needed: glossary.required,
    short: 'At least 12 characters.',
    submit: 'Change password',
    done: 'Your password is changed. Your other sessions have ended.',
  },
  scheme: { title: 'Appearance', choices: { auto: 'As the system', light: 'Light', dark: 'Dark' } },
  sessions: {
    title: 'Sessions',
    text: 'Where you are signed in. Ending one signs that browser out at once.',
    began: 'Signed in',
    used: 'Last used',
    current: 'this one',
    actions: 'Actions',
    end: 'End',
    endOf: (time: string) => `End the session of ${time}`,
    done: 'The session has ended.',
    more: 'Show more',
  },
};
