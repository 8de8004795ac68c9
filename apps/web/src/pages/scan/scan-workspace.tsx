import { useEffect, useState } from 'react';
import { useStore } from '../../api/store.ts';
import { showError } from '../../components/toast.ts';
import { ApiProblem } from '../../api/problem.ts';
import { showBooked } from '../../stock/booked-toast.tsx';
import { lineErrors } from '../../stock/problem-lines.ts';
import { useShortcut } from '../../shell/shortcuts.ts';
import { scanTexts as texts } from '../../texts/scan.ts';
import { useScanner } from './input/use-scanner.ts';
import { LeftScansQuestion } from './left-scans-question.tsx';
import { ScanInput } from './scan-input.tsx';
import { ScanLines } from './lines/scan-lines.tsx';
import { ScanLocations } from './scan-locations.tsx';
import classes from './scan.module.css';
import { ScanSession } from './session/scan-session.ts';
import { canSave, type Mode } from './session/scan-state.ts';

interface ScanWorkspaceProps {
  mode: Mode;
  userId: string;
  /** The location that a link asked for. */
  begin: string | undefined;
}

/** Scans of one mode: what comes in, and what has come of it. */
export function ScanWorkspace({ mode, userId, begin }: ScanWorkspaceProps) {
  const [session] = useState(
    () =>
      new ScanSession(mode, userId, (movement) => showBooked(texts.saved[mode], movement), (error) => {
        if (error instanceof ApiProblem && lineErrors(error).size === 0) showError(error);
      }), // prettier-ignore
  );
  const left = useStore(session.left);
  if (left) return <LeftScansQuestion session={session} left={left} />;
  return <Scanning session={session} begin={begin} />;
}

function Scanning({ session, begin }: { session: ScanSession; begin: string | undefined }) {
  const state = useStore(session.state);
  useEffect(() => {
    if (begin && session.state.get().lines.length === 0) session.change((before) => ({ ...before, location: begin }));
    return session.start();
  }, [session, begin]);
  useScanner((code, at) => session.onScan(code, at));
  useShortcut('mod+z', texts.undoShortcut, session.undo);
  useShortcut(
    'mod+enter',
    texts.saveShortcut,
    () => canSave(state, session.mode) && !state.pendingBody && session.save(),
  );
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <ScanLocations session={session} state={state} />
        <ScanInput session={session} state={state} />
      </div>
      <ScanLines session={session} state={state} />
    </div>
  );
}
