import { useEffect, useState } from 'react';
import { useStore } from '../../api/store.ts';
import { done, failed } from '../../parts/toast.ts';
import { ApiProblem } from '../../api/problem.ts';
import { lineErrors } from '../../stock/problem-lines.ts';
import { useShortcut } from '../../shell/shortcuts.ts';
import { scanTexts as texts } from '../../texts/scan.ts';
import { useScanner } from './input/use-scanner.ts';
import { Intake } from './intake.tsx';
import { Lines } from './lines/lines.tsx';
import { Places } from './places.tsx';
import classes from './scan.module.css';
import { Desk } from './sheet/desk.ts';
import { isReady, type Mode } from './sheet/sheet.ts';

interface CounterProps {
  mode: Mode;
  userId: string;
  /** The location that a link asked for. */
  begin: string | undefined;
}

/** Scans of one mode: what comes in, and what has come of it. */
export function Counter({ mode, userId, begin }: CounterProps) {
  const [desk] = useState(
    () =>
      new Desk(mode, userId, () => done(texts.saved[mode]), (error) => {
        if (error instanceof ApiProblem && lineErrors(error).size === 0) failed(error);
      }), // prettier-ignore
  );
  const sheet = useStore(desk.sheet);
  useEffect(() => {
    if (begin && desk.sheet.get().lines.length === 0) desk.change((before) => ({ ...before, location: begin }));
    return desk.open();
  }, [desk, begin]);
  useScanner((code, at) => desk.read(code, at));
  useShortcut('mod+z', texts.undoShortcut, desk.undo);
  useShortcut('mod+enter', texts.saveShortcut, () => isReady(sheet, mode) && !sheet.sent && desk.save());
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <Places desk={desk} sheet={sheet} />
        <Intake desk={desk} sheet={sheet} />
      </div>
      <Lines desk={desk} sheet={sheet} />
    </div>
  );
}
