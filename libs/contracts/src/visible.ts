import { ValidateBy } from 'class-validator';

/** Characters that cannot be seen, or that only look like a space: U+2800 is a Braille pattern without dots. */
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}|\u2800|(?! )\p{Z}/u;

/** Why a text is no code that a person could read and type again, or undefined. */
export function invisibleViolation(text: string): string | undefined {
  const found = INVISIBLE.exec(text)?.[0];
  if (found === undefined) return undefined;
  return `holds the invisible character U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}: remove it`;
}

/** What is not a text is refused by another check. */
const violationOf = (value: unknown): string | undefined => {
  if (Array.isArray(value)) return value.map(violationOf).find((violation) => violation !== undefined);
  return typeof value === 'string' ? invisibleViolation(value) : undefined;
};

/** Every character of the text, or of each of several, can be seen, or is a space. */
export const IsVisible = (): PropertyDecorator =>
  ValidateBy({
    name: 'isVisible',
    validator: {
      validate: (value) => violationOf(value) === undefined,
      defaultMessage: (args) => `$property ${violationOf(args?.value) ?? 'holds an invisible character'}`,
    },
  });
