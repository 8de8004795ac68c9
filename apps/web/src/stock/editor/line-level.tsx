import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { newMovementTexts as texts } from '../../texts/movements.ts';
import { movementTexts } from '../../texts/stock.ts';
import { levelQuery } from '../levels.ts';
import type { MovementType } from '../movement.ts';
import { type DraftLine, levelChange } from './draft-line.ts';
import classes from './movement-editor.module.css';

interface LineLevelProps {
  type: MovementType;
  line: DraftLine;
  itemId: string;
  onChange: (changes: Partial<DraftLine>) => void;
}

/** What is at the line's location, and what the line makes of it. A count is compared with what the person saw first. */
export function LineLevel({ type, line, itemId, onChange }: LineLevelProps) {
  const { seenOnHand } = line;
  const { data } = useQuery(levelQuery(itemId, line.location));
  useEffect(() => {
    if (!data) return;
    const isNews = seenOnHand === undefined || (type !== 'count' && seenOnHand !== data.onHand);
    if (isNews) onChange({ seenOnHand: data.onHand });
  });
  const change = levelChange(type, line);
  if (change)
    return (
      <p className={classes.here} role="status">
        {movementTexts.difference(change.before, change.after)}
      </p>
    );
  return <p className={classes.here}>{data && texts.here(data.onHand, data.available)}</p>;
}
