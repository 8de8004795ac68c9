import { NumberInput, type NumberInputProps } from '@mantine/core';

/** The most that one line may move. */
const MAX = 1_000_000_000;

/** A whole number of units. */
export const QuantityField = (props: NumberInputProps) => (
  <NumberInput
    min={1}
    max={MAX}
    clampBehavior="none"
    allowDecimal={false}
    allowNegative={false}
    inputMode="numeric"
    {...props}
  />
);
