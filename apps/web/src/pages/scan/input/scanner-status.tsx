import { UnstyledButton } from '@mantine/core';
import { Keyboard, ScanLine } from 'lucide-react';
import { scanTexts as texts } from '../../../texts/scan.ts';
import classes from '../scan.module.css';
import { useWindowFocus } from './use-scanner.ts';

/** Whether a hand scanner's keys arrive at this page. */
export function ScannerStatus() {
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
