import { Button, Switch, TextInput, UnstyledButton } from '@mantine/core';
import { Keyboard, ScanLine, Undo2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useStore } from '../../api/store.ts';
import { scanTexts as texts } from '../../texts/scan.ts';
import { Camera } from './input/camera.tsx';
import { sound } from './input/sound.ts';
import { useHasKeys } from './input/use-scanner.ts';
import { LastScan } from './last-scan.tsx';
import classes from './scan.module.css';
import type { Desk } from './sheet/desk.ts';
import type { Sheet } from './sheet/sheet.ts';
import { Unknown } from './unknown/unknown.tsx';

/** How codes come in, and what the last one has done. */
export function Intake({ desk, sheet }: { desk: Desk; sheet: Sheet }) {
  const [hasCamera, setCamera] = useState(false);
  const hasSound = useStore(sound);
  return (
    <>
      <Ready />
      <LastScan desk={desk} sheet={sheet} />
      <div className={classes.row}>
        <Button
          variant="default"
          size="xs"
          leftSection={<Undo2 size={14} aria-hidden />}
          disabled={sheet.done.length === 0 || sheet.sent !== undefined}
          onClick={desk.undo}
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
      {hasCamera && <Camera onCode={(code) => desk.read(code, performance.now())} />}
      <Typed onCode={(code) => desk.read(code)} />
      <p className={classes.quiet}>{texts.rule}</p>
      <Unknown desk={desk} sheet={sheet} />
    </>
  );
}

function Ready() {
  const hasKeys = useHasKeys();
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
function Typed({ onCode }: { onCode: (code: string) => void }) {
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
