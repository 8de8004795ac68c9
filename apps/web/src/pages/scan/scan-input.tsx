import { Button, Switch } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../../api/store.ts';
import { scanTexts as texts } from '../../texts/scan.ts';
import { Camera } from './input/camera.tsx';
import { ManualCode } from './input/manual-code.tsx';
import { ScannerStatus } from './input/scanner-status.tsx';
import { sound } from './input/sound.ts';
import { LastScan } from './last-scan.tsx';
import classes from './scan.module.css';
import type { ScanSession } from './session/scan-session.ts';
import type { ScanState } from './session/scan-state.ts';
import { UnknownCodes } from './unknown/unknown-codes.tsx';

/** How codes come in, and what the last one has done. */
export function ScanInput({ session, state }: { session: ScanSession; state: ScanState }) {
  const [hasCamera, setCamera] = useState(false);
  const hasSound = useStore(sound);
  return (
    <>
      <ScannerStatus />
      <LastScan session={session} state={state} />
      <div className={classes.row}>
        <Button
          variant="default"
          size="xs"
          leftSection={<Undo2 size={14} aria-hidden />}
          disabled={state.scans.length === 0 || state.pendingBody !== undefined}
          onClick={session.undo}
        >
          {texts.undo}
        </Button>
        <Switch
          label={texts.withCamera}
          checked={hasCamera}
          onChange={({ currentTarget: { checked } }) => setCamera(checked)}
        />
        <Switch
          label={texts.withSound}
          checked={hasSound}
          onChange={({ currentTarget: { checked } }) => sound.set(checked)}
        />
      </div>
      {hasCamera && <Camera onCode={(code) => session.onScan(code, performance.now())} />}
      <ManualCode onCode={(code) => session.onScan(code)} />
      <p className={classes.quiet}>{texts.rule}</p>
      <UnknownCodes session={session} state={state} />
    </>
  );
}
