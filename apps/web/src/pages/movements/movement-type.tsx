import {
  ArrowDownToLine,
  ArrowRightLeft,
  ArrowUpFromLine,
  ClipboardCheck,
  type LucideIcon,
  SlidersHorizontal,
  Undo2,
} from 'lucide-react';
import { movementsTexts } from '../../texts/movements.ts';
import type { MovementType } from './movement.ts';
import classes from './movement-type.module.css';

const ICONS: Record<MovementType, LucideIcon> = {
  receipt: ArrowDownToLine,
  issue: ArrowUpFromLine,
  transfer: ArrowRightLeft,
  adjustment: SlidersHorizontal,
  count: ClipboardCheck,
  reversal: Undo2,
};

export function MovementTypeName({ type }: { type: MovementType }) {
  const Icon = ICONS[type];
  return (
    <span className={classes.type}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {movementsTexts.types[type]}
    </span>
  );
}
