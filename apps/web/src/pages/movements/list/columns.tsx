import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Column } from '../../../components/virtual-table.tsx';
import { briefMoment, change, moment, number } from '../../../texts/format.ts';
import { movementsTexts as texts } from '../../../texts/movements.ts';
import { Reference } from '../../../stock/reference.tsx';
import type { Movement } from '../movement.ts';
import { MovementTypeName } from '../movement-type.tsx';
import classes from './movements.module.css';

/** @param filterBy narrows the ledger to one actor */
export const ledgerColumns = (filterBy: (actorId: string) => void): Column<Movement>[] => [
  { key: 'when', title: texts.columns.when, cell: (movement) => <TimeCell {...movement} /> },
  { key: 'type', title: texts.columns.type, cell: ({ type }) => <MovementTypeName type={type} />, className: classes.type }, // prettier-ignore
  { key: 'what', title: texts.columns.what, cell: (movement) => <ItemsCell {...movement} /> },
  { key: 'where', title: texts.columns.where, cell: locationCodes, className: classes.where },
  { key: 'change', title: texts.columns.change, cell: (movement) => <ChangeCell {...movement} />, isNumber: true },
  {
    key: 'who',
    title: texts.columns.who,
    cell: ({ createdBy: { id, name } }) => (
      <UnstyledButton className={classes.quiet} onClick={() => filterBy(id)}>
        {name}
      </UnstyledButton>
    ),
    className: classes.who,
  },
  { key: 'why', title: texts.columns.why, cell: (movement) => <ReasonCell {...movement} />, className: classes.why },
];

const TimeCell = ({ id, createdAt }: Movement) => (
  <Link to="/movements/$movementId" params={{ movementId: id }} className={classes.when}>
    <span className={classes.whole}>{moment(createdAt)}</span>
    <span className={classes.brief}>{briefMoment(createdAt)}</span>
  </Link>
);

function ItemsCell({ lines, lineCount, type, reversedBy }: Movement) {
  const [first] = lines;
  // A transfer has two lines in the ledger for each thing that it moves.
  const more = (type === 'transfer' ? lineCount / 2 : lineCount) - 1;
  return (
    <span title={lines.map(({ item }) => item.name).join(', ')}>
      <span className={reversedBy ? classes.isReversed : undefined}>{first?.item.name}</span>
      {more > 0 && <span className={classes.quiet}> {texts.moreLines(more)}</span>}
      {reversedBy && <span className={classes.quiet}> · {texts.reversed}</span>}
    </span>
  );
}

function locationCodes({ lines }: Movement): string {
  const codes = [...new Set(lines.map(({ location }) => location.code))];
  return codes.length > 2 ? texts.manyPlaces(codes.length) : codes.join(' → ');
}

/** What a movement of one thing changes; of many, a sum of different things would say nothing. */
function ChangeCell({ lines, lineCount, type }: Movement) {
  const [first] = lines;
  if (!first || (lineCount > 1 && !(type === 'transfer' && lineCount === 2))) return null;
  if (type === 'transfer') return number(Math.abs(first.delta));
  return <span className={first.delta < 0 ? classes.down : first.delta > 0 ? classes.up : ''}>{change(first.delta)}</span>; // prettier-ignore
}

const ReasonCell = ({ reference, note, lines }: Movement) => (
  <>
    {reference && <Reference text={reference} />}
    <span className={classes.quiet}>
      {reference && (note || lines[0]?.reason) ? ' · ' : ''}
      {note || lines[0]?.reason}
    </span>
  </>
);
