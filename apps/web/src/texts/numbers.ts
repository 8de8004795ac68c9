import { number } from './format.ts';
import { glossary } from './glossary.ts';

/** Why what was typed into a number field cannot be taken. Each names the rule and what to enter instead. */
export const numberTexts = {
  required: glossary.required,
  whole: (text: string, min: number, max: number) =>
    `“${text}” is not a whole number. Enter digits only, ${range(min, max)}.`,
  outOfRange: (min: number, max: number) => `Enter a whole number ${range(min, max)}.`,
  less: 'One less',
  more: 'One more',
  notZero: 'A change is not 0. Enter how many more or fewer.',
  money: (text: string, example: string) => `“${text}” is not an amount. Enter one such as ${example}.`,
  moneyRange: (largest: string) => `The largest amount is ${largest}.`,
  decimals: (text: string, decimals: number) =>
    decimals === 0
      ? `“${text}” has decimals, which this currency does not have.`
      : `“${text}” has more than ${number(decimals)} decimals.`,
  ambiguous: (text: string, asThousands: string, asDecimal: string) =>
    `“${text}” can mean ${asThousands} or ${asDecimal}. Write it without a separator for thousands.`,
};

const range = (min: number, max: number): string => `from ${number(min)} to ${number(max)}`;
