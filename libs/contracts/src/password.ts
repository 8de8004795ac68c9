import { type ValidationArguments, ValidateBy } from 'class-validator';
import { holdsOwnName, isHardlyMoreThanWords, type PasswordOwner } from './password-words.ts';

export const passwordLimits = { min: 12, max: 200 } as const;

/** Passwords of 12 characters and more that are tried first, in lower case, without what is not a letter or a digit. */
const COMMON = new Set([
  '1q2w3e4r5t6y', '1qaz2wsx3edc', 'qwertyuiopasdfghjkl', 'correcthorsebatterystaple', 'abcd1234abcd', 'letmeinletmein',
]); // prettier-ignore
const FEWEST_CHARACTERS = 5;
/** A block of fewer characters that is repeated is no longer than the block. */
const SHORTEST_BLOCK = 8;

const GUESSABLE = 'is too easy to guess; use several words that do not belong together';
const OWN_NAME =
  'must not contain the e-mail address or the name that it is for; use several words that do not belong together';

/**
 * Why a password must be refused beside its length, or undefined. NIST SP 800-63B §3.1.1.2: no common, repetitive or
 * sequential ones, none that contain the owner's name or hardly more than the service's. No rules on kinds of characters.
 */
export function passwordViolation(password: string, owner: PasswordOwner = {}): string | undefined {
  const folded = password.normalize('NFKC').toLowerCase();
  const characters = [...folded.replaceAll(/\s/gu, '')];
  const isGuessable =
    new Set(characters).size < FEWEST_CHARACTERS ||
    COMMON.has(folded.replaceAll(/[^\p{L}\p{N}]/gu, '')) ||
    isSequence(characters) ||
    isRepeated(characters.join('')) ||
    isHardlyMoreThanWords(folded, owner);
  if (isGuessable) return GUESSABLE;
  return holdsOwnName(folded, owner) ? OWN_NAME : undefined;
}

/** Each character follows the one before: abcdefghijkl, 987654321098. */
function isSequence(characters: string[]): boolean {
  const steps = characters.slice(1).map((character, n) => character.codePointAt(0)! - characters[n]!.codePointAt(0)!);
  return steps.length > 0 && [1, -1].some((step) => steps.every((it) => it === step || Math.abs(it) === 9));
}

/** It is one short block again and again, the last time perhaps not whole: abcdefabcdefab. */
function isRepeated(text: string): boolean {
  for (let block = 1; block < SHORTEST_BLOCK && 2 * block <= text.length; block++)
    if (text.startsWith(text.slice(block))) return true;
  return false;
}

/** Beside its length. The object's fields `email` and `name`, where it has them, are its owner's. */
export const IsStrongPassword = (
  ownerOf: (object: object) => PasswordOwner = (object) => object,
): PropertyDecorator => {
  const violationOf = (value: unknown, args: ValidationArguments) =>
    typeof value === 'string' ? passwordViolation(value, stringsOf(ownerOf(args.object))) : GUESSABLE;
  return ValidateBy({
    name: 'isStrongPassword',
    validator: {
      validate: (value, args) => violationOf(value, args!) === undefined,
      defaultMessage: (args) => `$property ${violationOf(args!.value, args!) ?? GUESSABLE}`,
    },
  });
};

/** The object may not have been checked yet. */
const stringsOf = ({ email, name }: PasswordOwner): PasswordOwner => ({
  ...(typeof email === 'string' && email.length <= 254 && { email }),
  ...(typeof name === 'string' && name.length <= 200 && { name }),
});
