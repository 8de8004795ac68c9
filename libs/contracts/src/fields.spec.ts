import { expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { Flag, Integer, OneOf, QueryFlag, Text, Time } from './fields.ts';

/** Fields whose checks refuse values of their TypeScript type: each is an error of the compiler. */
class Disagreeing {
  // @ts-expect-error text is no number
  @Text({ max: 5 }) text: number = 1;
  // @ts-expect-error an integer is no text
  @Integer({ min: 0, max: 9 }) integer: string = '1';
  // @ts-expect-error null is not accepted
  @Time() time: string | null = null;
  // @ts-expect-error the field may not be absent
  @Flag() flag?: boolean = undefined;
  // @ts-expect-error the field may be absent, which the type does not tell
  @QueryFlag() optional: boolean = true;
  // @ts-expect-error two values are declared, three are promised
  @OneOf(['a', 'b']) choice: 'a' | 'b' | 'c' = 'c';
}

it('the compiler refuses a field whose type and checks disagree, which would refuse values of that type', () => {
  const refused = validateSync(new Disagreeing()).map(({ property }) => property);
  expect(refused).toEqual(['text', 'integer', 'time', 'flag', 'choice']);
});
