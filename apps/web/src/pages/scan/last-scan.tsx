import { Button } from '@mantine/core';
import { Check, CircleAlert, Hourglass, type LucideIcon, MapPin, ScanLine, Undo2 } from 'lucide-react';
import { number } from '../../texts/format.ts';
import { scanTexts } from '../../texts/scan.ts';
import classes from './scan.module.css';
import type { ScanSession } from './session/scan-session.ts';
import { MAX_LINES, type Notice, type ScanState } from './session/scan-state.ts';

const texts = scanTexts.notices;

const NOTICE_STYLES: Record<Notice['kind'], { icon: LucideIcon; tone: 'good' | 'bad' | 'calm' }> = {
  added: { icon: Check, tone: 'good' },
  place: { icon: MapPin, tone: 'good' },
  undone: { icon: Undo2, tone: 'calm' },
  waiting: { icon: Hourglass, tone: 'calm' },
  unknown: { icon: CircleAlert, tone: 'bad' },
  archived: { icon: CircleAlert, tone: 'bad' },
  full: { icon: CircleAlert, tone: 'bad' },
  failed: { icon: CircleAlert, tone: 'bad' },
  unreadable: { icon: CircleAlert, tone: 'bad' },
};

/** Large enough to be seen from where the shelf is. */
export function LastScan({
  session,
  state: { notice, repeat, scans, waiting, location },
}: {
  session: ScanSession;
  state: ScanState;
}) {
  const { icon: Icon, tone } = notice ? NOTICE_STYLES[notice.kind] : { icon: ScanLine, tone: 'calm' };
  return (
    <section aria-label={scanTexts.last} className={classes.last} data-tone={tone} data-scans={scans.length}>
      <div role="status" className={classes.notice}>
        {/* Another element each time, so that the same words are seen and read to be new. */}
        <span key={`${scans.length} ${waiting.length}`} className={classes.flash}>
          <Icon size={20} aria-hidden className={classes.noticeIcon} />
          <span className={classes.noticeText}>{notice ? noticeText(notice) : scanTexts.nothing}</span>
          {notice?.kind === 'added' && <span className={classes.total}>{number(notice.quantity)}</span>}
        </span>
        {waiting.length > 0 && (
          <span className={classes.quiet}>
            {scanTexts.waiting(waiting.length)}{' '}
            {location === '' ? scanTexts.waitingFor.place : scanTexts.waitingFor.server}
          </span>
        )}
      </div>
      {repeat !== undefined && (
        <>
          <span role="status">{texts.repeat(repeat)}</span>
          <Button variant="default" size="xs" onClick={() => session.addCode(repeat)}>
            {scanTexts.once}
          </Button>
        </>
      )}
    </section>
  );
}

function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case 'added':
      return texts.added(notice.item.name);
    case 'undone':
      return texts.undone(notice.quantity, notice.item.name);
    case 'unreadable':
      return texts.unreadable(notice.quantity, notice.item.name);
    case 'full':
      return texts.full(MAX_LINES);
    case 'failed':
      return texts.failed(notice.code, notice.text);
    case 'place':
    case 'unknown':
    case 'archived':
    case 'waiting':
      return texts[notice.kind](notice.code);
  }
}
