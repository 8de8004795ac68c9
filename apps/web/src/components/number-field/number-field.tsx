import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { type NumberRule, reasonOf } from './parse-number.ts';

export interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'inputMode'> {
  rule: NumberRule;
  /** Exactly what was typed. `valueOf` reads it. */
  value?: string;
  onChange: (text: string) => void;
}

/**
 * The only field for numbers. What was typed or pasted stays as it is; where it is not a valid number, the field says
 * why: at once where no further key can make it one, else when the person leaves the field.
 */
export function NumberField({ rule, value = '', onChange, error, onBlur, ...props }: NumberFieldProps) {
  const [hasLeft, setHasLeft] = useState(false);
  const reason = hasLeft || !rule.isPrefix(value) ? reasonOf(value, rule, false) : undefined;
  return (
    <TextInput
      autoComplete="off"
      {...props}
      data-number-field
      inputMode={rule.inputMode}
      value={value}
      onChange={({ currentTarget }) => {
        setHasLeft(false);
        onChange(currentTarget.value);
      }}
      onBlur={(event) => {
        setHasLeft(true);
        onBlur?.(event);
      }}
      error={reason ?? error}
    />
  );
}
