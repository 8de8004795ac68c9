import { Alert, Button, Text } from '@mantine/core';
import { ScanLine } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../../components/dialog/dialog.tsx';
import { Empty } from '../../../components/state.tsx';
import { valueOf } from '../../../components/number-field/parse-number.ts';
import { scanTexts } from '../../../texts/scan.ts';
import { shell } from '../../../texts/shell.ts';
import { movementTexts } from '../../../texts/stock.ts';
import classes from '../scan.module.css';
import type { ScanSession } from '../session/scan-session.ts';
import { canSave, countsOf, largeDifferences, quantityRule, type ScanState } from '../session/scan-state.ts';
import { ScanLineRow } from './scan-line-row.tsx';
import { UnscannedItems } from './unscanned-items.tsx';

const texts = scanTexts.lines;

/** What was scanned, and saving it. */
export function ScanLines({ session, state }: { session: ScanSession; state: ScanState }) {
  const { mode } = session;
  const { lines, pendingBody, location } = state;
  const [isAsking, setAsking] = useState(false);
  if (lines.length === 0 && !pendingBody) return <Empty icon={ScanLine} {...texts.empty} />;
  const pieces = lines.reduce((sum, { quantity }) => sum + (valueOf(quantity, quantityRule(mode)) ?? 0), 0);
  return (
    <div className={classes.lines}>
      <div className={classes.linesHead}>
        <p className={classes.sum}>
          <strong>{texts.count(lines.length)}</strong> <span className={classes.quiet}>{texts.pieces(pieces)}</span>
        </p>
        <Button variant="subtle" color="gray" disabled={pendingBody !== undefined} onClick={() => setAsking(true)}>
          {scanTexts.discard}
        </Button>
        <Button loading={pendingBody !== undefined} disabled={!canSave(state, mode)} onClick={() => session.save()}>
          {scanTexts.save[mode]}
        </Button>
      </div>
      {pendingBody && (
        <Alert color="yellow" variant="light" role="status">
          {scanTexts.sent}
        </Alert>
      )}
      {state.askedAbout === countsOf(state) && (
        <Alert color="yellow" variant="light" role="alert">
          {movementTexts.largeDifferences(largeDifferences(state), scanTexts.save.count)}
        </Alert>
      )}
      {lines.some(({ error }) => error) && (
        <Alert color="red" variant="light" role="alert">
          {scanTexts.refused}
        </Alert>
      )}
      <ul className={classes.list}>
        {lines.map((line) => (
          <ScanLineRow key={line.item.id} session={session} line={line} isLocked={pendingBody !== undefined} />
        ))}
      </ul>
      {mode === 'count' && location !== '' && !pendingBody && (
        <UnscannedItems session={session} location={location} lines={lines} />
      )}
      {isAsking && (
        <Dialog close={() => setAsking(false)} title={scanTexts.discardTitle}>
          <Text c="dimmed" mb="sm">
            {scanTexts.discardText}
          </Text>
          <div className={classes.answers}>
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {shell.cancel}
            </Button>
            <Button
              color="red.8"
              onClick={() => {
                session.discard();
                setAsking(false);
              }}
            >
              {scanTexts.discard}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
