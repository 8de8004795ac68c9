import { ActionIcon, Button } from '@mantine/core';
import { X } from 'lucide-react';
import { NumberField } from '../../../components/number-field/number-field.tsx';
import { valueOf } from '../../../components/number-field/parse-number.ts';
import { change, number } from '../../../texts/format.ts';
import { scanTexts } from '../../../texts/scan.ts';
import classes from '../scan.module.css';
import type { ScanSession } from '../session/scan-session.ts';
import { changeLine, quantityRule, removeLine, type ScanLine } from '../session/scan-state.ts';

const texts = scanTexts.lines;

export function ScanLineRow({ session, line, isLocked }: { session: ScanSession; line: ScanLine; isLocked: boolean }) {
  const { item, quantity, seenOnHand, error } = line;
  const rule = quantityRule(session.mode);
  const entered = valueOf(quantity, rule) ?? undefined;
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
          <dd data-differs={entered !== seenOnHand || undefined}>
            {entered === undefined ? texts.unknownDifference : change(entered - seenOnHand)}
          </dd>
        </dl>
      )}
      <NumberField
        rule={rule}
        aria-label={texts.quantityOf(item.name)}
        className={classes.quantity}
        disabled={isLocked}
        value={quantity}
        onChange={(typed) => set({ quantity: typed })}
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
          onClick={() => set({ seenOnHand: now, quantity: '0' })}
        >
          {texts.again}
        </Button>
      </span>
    </div>
  );
}
