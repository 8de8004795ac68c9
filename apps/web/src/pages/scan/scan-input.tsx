import { Button, Switch, TextInput, UnstyledButton } from '@mantine/core';
import { Keyboard, ScanLine, Undo2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useStore } from '../../api/store.ts';
import { scanTexts as texts } from '../../texts/scan.ts';
import { Camera } from './input/camera.tsx';
import { sound } from './input/sound.ts';
import { useWindowFocus } from './input/use-scanner.ts';
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
          disabled={state.scannedItemIds.length === 0 || state.pendingBody !== undefined}
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

function ScannerStatus() {
  const hasKeys = useWindowFocus();
  return (
    <div role="status">
      {hasKeys ? (
        <p className={classes.ready}>
          <ScanLine size={16} aria-hidden />
          {texts.ready}
        </p>
      ) : (
        <UnstyledButton className={classes.notReady} onClick={() => window.focus()}>
          <Keyboard size={16} aria-hidden />
          {texts.notReady}
        </UnstyledButton>
      )}
    </div>
  );
}

/** For a code that no scanner can read. */
function ManualCode({ onCode }: { onCode: (code: string) => void }) {
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '') onCode(code.trim());
    setCode('');
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={texts.code}
        placeholder={texts.codeHint}
        autoComplete="off"
        value={code}
        onChange={({ currentTarget: { value } }) => setCode(value)}
      />
    </form>
  );
}
