import { Alert, Button, Modal, Text } from '@mantine/core';
import { ScanLine } from 'lucide-react';
import { useState } from 'react';
import { Empty } from '../../../parts/state.tsx';
import { scanTexts } from '../../../texts/scan.ts';
import { shell } from '../../../texts/shell.ts';
import classes from '../scan.module.css';
import type { Desk } from '../sheet/desk.ts';
import { isReady, type Sheet } from '../sheet/sheet.ts';
import { Line } from './line.tsx';
import { Missing } from './missing.tsx';

const texts = scanTexts.lines;

/** What was scanned, and saving it. */
export function Lines({ desk, sheet }: { desk: Desk; sheet: Sheet }) {
  const { mode } = desk;
  const { lines, sent, location } = sheet;
  const [isAsking, setAsking] = useState(false);
  if (lines.length === 0 && !sent) return <Empty icon={ScanLine} {...texts.empty} />;
  const pieces = lines.reduce((sum, { quantity }) => sum + Number(quantity), 0);
  return (
    <div className={classes.lines}>
      <div className={classes.linesHead}>
        <p className={classes.sum}>
          <strong>{texts.count(lines.length)}</strong> <span className={classes.quiet}>{texts.pieces(pieces)}</span>
        </p>
        <Button variant="subtle" color="gray" disabled={sent !== undefined} onClick={() => setAsking(true)}>
          {scanTexts.discard}
        </Button>
        <Button loading={sent !== undefined} disabled={!isReady(sheet, mode)} onClick={() => desk.save()}>
          {scanTexts.save[mode]}
        </Button>
      </div>
      {sent && (
        <Alert color="yellow" variant="light" role="status">
          {scanTexts.sent}
        </Alert>
      )}
      {lines.some(({ error }) => error) && (
        <Alert color="red" variant="light" role="alert">
          {scanTexts.refused}
        </Alert>
      )}
      <ul className={classes.list}>
        {lines.map((line) => (
          <Line key={line.item.id} desk={desk} line={line} isLocked={sent !== undefined} />
        ))}
      </ul>
      {mode === 'count' && location !== '' && !sent && <Missing desk={desk} location={location} lines={lines} />}
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={scanTexts.discardTitle}
        closeButtonProps={{ 'aria-label': shell.close }}
      >
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
              desk.discard();
              setAsking(false);
            }}
          >
            {scanTexts.discard}
          </Button>
        </div>
      </Modal>
    </div>
  );
}
