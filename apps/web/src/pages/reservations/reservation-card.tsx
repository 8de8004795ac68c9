import { Button, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo, useState } from 'react';
import { useMay } from '../../session/session.ts';
import { ago, moment } from '../../texts/format.ts';
import { reservationsTexts as texts } from '../../texts/reservations.ts';
import { Countdown } from './countdown.tsx';
import { type Reservation, type ReservationAction, reservationActions } from './reservation.ts';
import classes from './reservations.module.css';

const SHOWN_LINES = 4;

interface ReservationCardProps {
  reservation: Reservation;
  onAction: (reservation: Reservation, action: ReservationAction) => void;
}

export const ReservationCard = memo(function ReservationCard({ reservation, onAction }: ReservationCardProps) {
  const { id, state, reference, createdBy, createdAt, expiresAt } = reservation;
  const mayAct = useMay('operator') && state === 'held';
  const name = reference ?? texts.noReference;
  return (
    <li className={classes.card} data-reservation={id}>
      <div className={classes.what}>
        <h2 className={classes.reference} data-missing={reference === null || undefined}>
          {name}
        </h2>
        <p className={classes.quiet} title={moment(createdAt)}>
          {texts.by(createdBy.name, ago(createdAt))}
        </p>
      </div>
      <Lines lines={reservation.lines} />
      <div className={classes.state}>
        {state === 'held' ? <Countdown expiresAt={expiresAt} /> : <Ended reservation={reservation} />}
        {mayAct && (
          <div className={classes.actions}>
            {reservationActions.map((action) => (
              <Button
                key={action}
                variant="default"
                size="xs"
                aria-label={texts[`${action}This`](name)}
                onClick={() => onAction(reservation, action)}
              >
                {texts[action]}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
});

function Lines({ lines }: Pick<Reservation, 'lines'>) {
  const [isWhole, setWhole] = useState(lines.length <= SHOWN_LINES);
  return (
    <ul className={classes.lines}>
      {(isWhole ? lines : lines.slice(0, SHOWN_LINES - 1)).map(({ item, location, quantity }, index) => (
        <li key={index}>
          <span className={classes.quantity}>{texts.quantity(quantity)}</span>{' '}
          <Link to="/items/$itemId" params={{ itemId: item.id }} className={classes.link}>
            {item.name}
          </Link>{' '}
          <span className={classes.quiet}>{texts.at(location.code)}</span>
        </li>
      ))}
      {!isWhole && (
        <li>
          <UnstyledButton className={classes.link} onClick={() => setWhole(true)}>
            {texts.showLines(lines.length)}
          </UnstyledButton>
        </li>
      )}
    </ul>
  );
}

function Ended({ reservation: { state, endedAt, expiresAt, movementId } }: { reservation: Reservation }) {
  const when = endedAt ?? expiresAt;
  return (
    <span className={classes.ended}>
      <span title={texts.endedTitle(moment(when))}>{texts.ended(texts.states[state], ago(when))}</span>
      {movementId && (
        <Link to="/movements/$movementId" params={{ movementId }} className={classes.link}>
          {texts.movement}
        </Link>
      )}
    </span>
  );
}
