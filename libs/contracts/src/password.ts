import { ValidateBy } from 'class-validator';

/** The most common passwords of 12 characters and more, in lower case, without what is not a letter or a digit. */
const COMMON = new Set([
  '123456789012', '1234567890123', '12345678901234', '1234567890123456', '123456789123', '1q2w3e4r5t6y', '1qaz2wsx3edc',
  'qwertyuiop123', 'qwertyuiopasdfghjkl', 'qwerty123456', 'password1234', 'password12345', 'password123456',
  'passwordpassword', 'administrator', 'admin123456', 'changemeplease', 'changeme1234', 'letmeinletmein', 'welcome12345',
  'iloveyou1234', 'correcthorsebatterystaple', 'abcdefghijkl', 'abcd1234abcd', 'abc123456789', 'stockroomstockroom',
]); // prettier-ignore
const FEWEST_CHARACTERS = 5;

export const PASSWORD_RULE = 'is too easy to guess; use several words that do not belong together';

/** Whether a password is one of those that are tried first (NIST SP 800-63B §3.1.1.2: common, repetitive, sequential). */
export function isWeakPassword(password: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  const characters = [...folded.replaceAll(/\s/gu, '')];
  return (
    new Set(characters).size < FEWEST_CHARACTERS ||
    COMMON.has(folded.replaceAll(/[^\p{L}\p{N}]/gu, '')) ||
    isSequence(characters)
  );
}

/** Each character follows the one before: abcdefghijkl, 987654321098. */
function isSequence(characters: string[]): boolean {
  const steps = characters.slice(1).map((character, n) => character.codePointAt(0)! - characters[n]!.codePointAt(0)!);
  return steps.length > 0 && [1, -1].some((step) => steps.every((it) => it === step || Math.abs(it) === 9));
}

/** Beside its length. */
export const IsStrongPassword = (): PropertyDecorator =>
  ValidateBy({
    name: 'isStrongPassword',
    validator: {
      validate: (value) => typeof value === 'string' && !isWeakPassword(value),
      defaultMessage: () => `$property ${PASSWORD_RULE}`,
    },
  });
