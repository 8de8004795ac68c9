import { useEffect, useState } from 'react';
import { moment } from '../../texts/format.ts';
import { reservationsTexts as texts } from '../../texts/reservations.ts';
import classes from './reservations.module.css';

const SECOND = 1_000;
/** From here on the time is shown as running out, in milliseconds. */
const EXPIRING_MS = 120_000;

/** How long it is still held, every second. */
export function Countdown({ expiresAt }: { expiresAt: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Date.parse(expiresAt) - now);
  return (
    <time
      role="timer"
      dateTime={expiresAt}
      title={texts.until(moment(expiresAt))}
      className={classes.left}
      data-soon={left < EXPIRING_MS || undefined}
    >
      {texts.left(timeLeftText(left))}
    </time>
  );
}

/** @param left in milliseconds */
function timeLeftText(left: number): string {
  const seconds = Math.floor(left / SECOND);
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600), Math.floor(seconds / 86_400)];
  if (days > 0) return texts.days(days, hours % 24);
  if (hours > 0) return texts.hours(hours, minutes % 60);
  return texts.minutes(String(minutes), String(seconds % 60).padStart(2, '0'));
}
