import { ActionIcon, Button } from '@mantine/core';
import { X } from 'lucide-react';
import { QuantityField } from '../../../stock/quantity-field.tsx';
import { change, number } from '../../../texts/format.ts';
import { scanTexts } from '../../../texts/scan.ts';
import classes from '../scan.module.css';
import type { ScanSession } from '../session/scan-session';
import { changeLine, removeLine, type ScanLine } from '../session/scan-state';

const texts = scanTexts.lines;

export function ScanLineRow({ session, line, isLocked }: { session: ScanSession; line: ScanLine; isLocked: boolean }) {
  const { item, quantity, seenOnHand, error } = line;
  const set = (changes: Partial<ScanLine>) => session.change((state) => changeLine(state, item.id, changes));
  return (
    <li className={classes.line} data-wrong={error !== undefined || undefined} aria-label={item.name}>
      <div className={classes.item}>
        <span className={classes.name}>{item.name}</span>
        <span className={classes.sku}>{item.sku}</span>
      </div>
      {seenOnHand !== undefined && (
        <dl className={classes.books}>
          <dt>{texts.books}</dt>
          <dd>{number(seenOnHand)}</dd>
          <dt>{texts.difference}</dt>
          <dd data-differs={Number(quantity) !== seenOnHand || undefined}>{change(Number(quantity) - seenOnHand)}</dd>
        </dl>
      )}
      <QuantityField
        aria-label={texts.quantityOf(item.name)}
        className={classes.quantity}
        min={session.mode === 'count' ? 0 : 1}
        disabled={isLocked}
        value={quantity}
        onChange={(value) => value !== quantity && set({ quantity: value === '' ? '' : Number(value) })}
        error={error !== undefined}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        disabled={isLocked}
        aria-label={texts.remove(item.name)}
        onClick={() => session.change((state) => removeLine(state, item.id))}
      >
        <X size={14} aria-hidden />
      </ActionIcon>
      {error && <LineError line={line} set={set} />}
    </li>
  );
}

/** Of a level that others changed: the person sees both, and chooses. */
function LineError({ line, set }: { line: ScanLine; set: (changes: Partial<ScanLine>) => void }) {
  const { item, seenOnHand = 0, error } = line;
  const now = error?.onHand;
  if (now === undefined) return <p className={classes.wrong}>{error?.text}</p>;
  return (
    <div className={classes.wrong}>
      {texts.changed(seenOnHand, now)}
      <span className={classes.row}>
        <Button
          variant="default"
          size="xs"
          aria-label={texts.keepThis(item.name)}
          onClick={() => set({ seenOnHand: now })}
        >
          {texts.keep}
        </Button>
        <Button
          variant="default"
          size="xs"
          aria-label={texts.againThis(item.name)}
          onClick={() => set({ seenOnHand: now, quantity: 0 })}
        >
          {texts.again}
        </Button>
      </span>
    </div>
  );
}
