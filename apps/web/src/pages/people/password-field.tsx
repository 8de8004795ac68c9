import { Button, TextInput } from '@mantine/core';
import { peopleTexts } from '../../texts/people.ts';
import classes from './people-page.module.css';

const texts = peopleTexts.form;
/** Without those that are easily taken for another, as 0 and O. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 5;

export const MIN_PASSWORD = 12;

interface PasswordFieldProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** Shown in clear text: an admin chooses it for another person and hands it over. */
export const PasswordField = ({ value, onChange, error }: PasswordFieldProps) => (
  <div className={classes.password}>
    <TextInput
      label={texts.password}
      autoComplete="new-password"
      spellCheck={false}
      withAsterisk
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
    <Button variant="default" onClick={() => onChange(generatePassword())}>
      {texts.make}
    </Button>
    <p className={classes.quiet}>{texts.passwordHint}</p>
  </div>
);

/** About 99 bits. */
function generatePassword(): string {
  const letters = Array.from({ length: GROUPS * GROUP_LENGTH }, randomLetter).join('');
  return letters.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g'))!.join('-');
}

/** Each as likely as any other: a byte past the last whole multiple is thrown away. */
function randomLetter(): string {
  const limit = 256 - (256 % LETTERS.length);
  for (;;) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte! < limit) return LETTERS[byte! % LETTERS.length]!;
  }
}
