import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import classes from '../../components/table.module.css';
import { briefMoment, change, moment, number } from '../../texts/format.ts';
import { itemTexts } from '../../texts/item.ts';
import { Reference } from '../../stock/reference.tsx';
import type { Movement } from '../movements/movement.ts';

const texts = itemTexts.ledger;

interface LedgerRowProps {
  movement: Movement;
  /** Undefined: the movement is so long that only its own page shows it. */
  line: Movement['lines'][number] | undefined;
  onReverse: (() => void) | undefined;
}

export const LedgerRow = ({ movement, line, onReverse }: LedgerRowProps) => (
  <tr>
    <td className={classes.nowrap}>
      <Link to="/movements/$movementId" params={{ movementId: movement.id }} className={classes.link}>
        <span className={classes.whole}>{moment(movement.createdAt)}</span>
        <span className={classes.brief}>{briefMoment(movement.createdAt)}</span>
      </Link>
    </td>
    <td className={classes.nowrap}>
      {texts.types[movement.type]}
      {movement.reversedBy && <span className={classes.quiet}> · {texts.isReversed}</span>}
    </td>
    {line ? (
      <>
        <td>{line.location.code}</td>
        <td className={`${classes.number} ${line.delta < 0 ? classes.bad : classes.good}`}>{change(line.delta)}</td>
        <td className={classes.number}>{number(line.onHandAfter)}</td>
      </>
    ) : (
      <td colSpan={3} className={classes.quiet}>
        {texts.amongMany(movement.lineCount)}
      </td>
    )}
    <td>{movement.createdBy.name}</td>
    <td className={classes.quiet}>
      {movement.reference && <Reference text={movement.reference} />}
      {[movement.reference && '', line?.reason, movement.note]
        .filter((text) => text !== null && text !== undefined)
        .join(' · ')}
    </td>
    <td>
      {onReverse && !movement.reversedBy && !movement.reverses && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={texts.reverse(texts.types[movement.type], moment(movement.createdAt))}
          onClick={onReverse}
        >
          <Undo2 size={14} aria-hidden />
        </ActionIcon>
      )}
    </td>
  </tr>
);
