import { ActionIcon } from '@mantine/core';
import { Minus, Plus } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { numberTexts as texts } from '../../texts/numbers.ts';
import { NumberField, type NumberFieldProps } from './number-field.tsx';
import { valueOf } from './parse-number.ts';
import classes from './quantity-field.module.css';

/** A number field with one more and one less beside it, and on the arrow keys. A text that is not a number stays as it is. */
export function QuantityField({ rule, value = '', onChange, ...props }: NumberFieldProps) {
  const stepped = (by: number): string | undefined => {
    const current = valueOf(value, rule) ?? (value.trim() === '' ? 0 : undefined);
    const next = current === undefined ? '' : String(current + by);
    return valueOf(next, rule) === undefined || next === '' ? undefined : next;
  };
  const step = (by: number) => {
    const next = stepped(by);
    if (next !== undefined) onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    step(by);
  };
  const button = (by: 1 | -1, Icon: typeof Plus, label: string) => (
    <ActionIcon
      size={24}
      variant="subtle"
      color="gray"
      tabIndex={-1}
      disabled={stepped(by) === undefined}
      onClick={() => step(by)}
      aria-label={label}
    >
      <Icon size={12} aria-hidden />
    </ActionIcon>
  );
  return (
    <NumberField
      rule={rule}
      value={value}
      onChange={onChange}
      onKeyDown={onKeyDown}
      rightSectionWidth={52}
      rightSection={
        <span className={classes.steps}>
          {button(-1, Minus, texts.less)}
          {button(1, Plus, texts.more)}
        </span>
      }
      {...props}
    />
  );
}
