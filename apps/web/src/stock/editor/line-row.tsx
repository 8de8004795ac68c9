import { TextInput } from '@mantine/core';
import { QuantityField } from '../../components/number-field/quantity-field.tsx';
import { newMovementTexts as texts } from '../../texts/movements.ts';
import { ItemPicker } from '../item-picker.tsx';
import { LocationPicker } from '../location-picker.tsx';
import type { MovementType } from '../movement.ts';
import type { LineErrors } from '../problem-lines.ts';
import { type DraftLine, quantityRule } from './draft-line.ts';
import { LineLevel } from './line-level.tsx';
import { RemoveLine } from './remove-line.tsx';
import classes from './movement-editor.module.css';

interface LineRowProps {
  type: MovementType;
  line: DraftLine;
  index: number;
  errors: LineErrors | undefined;
  onChange: (changes: Partial<DraftLine>) => void;
  /** Undefined: it is the only one. */
  onRemove: (() => void) | undefined;
  /** The item is the form's own, and is not chosen here. */
  hasFixedItem: boolean;
  autoFocus: boolean;
}

export function LineRow({ type, line, index, errors = {}, onChange, onRemove, hasFixedItem, autoFocus }: LineRowProps) {
  const isTransfer = type === 'transfer';
  return (
    <li
      className={classes.line}
      data-type={type}
      data-single={hasFixedItem || undefined}
      aria-label={texts.line(index)}
    >
      {!hasFixedItem && (
        <ItemPicker
          label={texts.item}
          value={line.item}
          onChange={(item) => onChange({ item, seenOnHand: undefined })}
          error={errors.item}
          autoFocus={autoFocus}
          className={classes.item}
        />
      )}
      <LocationPicker
        label={isTransfer ? texts.from : texts.location}
        value={line.location}
        onChange={(location) => onChange({ location, seenOnHand: undefined })}
        error={errors.location}
      />
      {isTransfer && (
        <LocationPicker
          label={texts.to}
          except={line.location}
          value={line.to}
          onChange={(to) => onChange({ to })}
          error={errors.to}
        />
      )}
      <QuantityField
        rule={quantityRule(type)}
        label={type === 'count' ? texts.counted : type === 'adjustment' ? texts.delta : texts.quantity}
        data-autofocus={hasFixedItem || undefined}
        value={line.quantity}
        onChange={(quantity) => onChange({ quantity })}
        error={errors.quantity}
        className={classes.quantity}
      />
      {type === 'adjustment' && (
        <TextInput
          label={texts.reason}
          value={line.reason}
          maxLength={200}
          onChange={({ currentTarget: { value } }) => onChange({ reason: value })}
          error={errors.reason}
          className={classes.reason}
        />
      )}
      {!hasFixedItem && onRemove && (
        <RemoveLine label={texts.remove(index)} onRemove={onRemove} className={classes.remove} />
      )}
      {line.item && line.location && <LineLevel type={type} line={line} itemId={line.item.id} onChange={onChange} />}
    </li>
  );
}
