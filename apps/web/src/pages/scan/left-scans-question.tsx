import { Button } from '@mantine/core';
import { ScanLine } from 'lucide-react';
import { Empty } from '../../components/state.tsx';
import { ago } from '../../texts/format.ts';
import { scanTexts } from '../../texts/scan.ts';
import type { ScanSession } from './session/scan-session.ts';
import type { LeftScans } from './session/stored-state.ts';

const texts = scanTexts.left;

/** What was scanned in a window that was closed is not lost, and not mixed with new scans unseen. */
export const LeftScansQuestion = ({ session, left: { state, at } }: { session: ScanSession; left: LeftScans }) => (
  <Empty icon={ScanLine} title={texts.title} text={texts.text(state.lines.length, ago(at))}>
    <Button variant="default" onClick={() => session.discardLeftScans()}>
      {texts.discard}
    </Button>
    <Button onClick={() => session.continueLeftScans()}>{texts.continue}</Button>
  </Empty>
);
