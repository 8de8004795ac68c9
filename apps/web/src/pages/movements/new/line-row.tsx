import { ActionIcon, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { levelQuery } from '../../../stock/levels.ts';
import type { LineErrors } from '../../../stock/problem-lines.ts';
import { ItemPicker } from '../../../stock/item-picker.tsx';
import { LocationPicker } from '../../../stock/location-picker.tsx';
import { NumberField } from '../../../components/number-field/number-field.tsx';
import { newMovementTexts as texts } from '../../../texts/movements.ts';
import { movementTexts } from '../../../texts/stock.ts';
import { countedDifference, type DraftLine, quantityRule } from './draft.ts';
import classes from './new-movement.module.css';
import type { DraftType } from './search.ts';

interface LineRowProps {
  type: DraftType;
  line: DraftLine;
  index: number;
  errors: LineErrors | undefined;
  onChange: (changes: Partial<DraftLine>) => void;
  /** Undefined: it is the only one. */
  onRemove: (() => void) | undefined;
  autoFocus: boolean;
}

export function LineRow({ type, line, index, errors = {}, onChange, onRemove, autoFocus }: LineRowProps) {
  const isTransfer = type === 'transfer';
  return (
    <li className={classes.line} data-type={type} aria-label={texts.line(index)}>
      <ItemPicker
        label={texts.item}
        value={line.item}
        onChange={(item) => onChange({ item, seenOnHand: undefined })}
        error={errors.item}
        autoFocus={autoFocus}
        className={classes.item}
      />
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
      <NumberField
        rule={quantityRule(type)}
        label={type === 'count' ? texts.counted : type === 'adjustment' ? texts.delta : texts.quantity}
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
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        className={classes.remove}
        disabled={!onRemove}
        onClick={onRemove}
        aria-label={texts.remove(index)}
      >
        <X size={14} aria-hidden />
      </ActionIcon>
      {line.item && line.location && (
        <CurrentLevel type={type} line={line} itemId={line.item.id} locationId={line.location} onChange={onChange} />
      )}
    </li>
  );
}

interface CurrentLevelProps extends Pick<LineRowProps, 'type' | 'line' | 'onChange'> {
  itemId: string;
  locationId: string;
}

/** What is there now. A count is compared with what the person saw first, and shows what it changes. */
function CurrentLevel({ type, line, itemId, locationId, onChange }: CurrentLevelProps) {
  const { seenOnHand } = line;
  const { data } = useQuery(levelQuery(itemId, locationId));
  useEffect(() => {
    if (data && seenOnHand === undefined) onChange({ seenOnHand: data.onHand });
  });
  const difference = type === 'count' ? countedDifference(line) : undefined;
  if (difference)
    return <p className={classes.here}>{movementTexts.difference(difference.before, difference.after)}</p>;
  return <p className={classes.here}>{data && texts.here(data.onHand, data.available)}</p>;
}
