import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../../components/page.tsx';
import { Forbidden } from '../../components/state.tsx';
import { may, useUser } from '../../session/session.ts';
import { scanTexts as texts } from '../../texts/scan.ts';
import { shell } from '../../texts/shell.ts';
import { ScanWorkspace } from './scan-workspace.tsx';
import classes from './scan.module.css';
import { type Mode, MODES } from './session/scan-state.ts';

const route = getRouteApi('/authenticated/scan');
const MODE_KEY = 'stockroom.scan.mode';

export function ScanPage() {
  const { id, role } = useUser();
  return (
    <Page title={texts.title}>
      {may(role, 'operator') ? <ScanModes userId={id} /> : <Forbidden text={shell.forbidden.text(shell.roles[role])} />}
    </Page>
  );
}

function ScanModes({ userId }: { userId: string }) {
  const { at } = route.useSearch();
  const [mode, setMode] = useState<Mode>(() =>
    at === undefined && sessionStorage.getItem(MODE_KEY) === 'move' ? 'move' : 'count',
  );
  const choose = (value: Mode) => {
    sessionStorage.setItem(MODE_KEY, value);
    setMode(value);
  };
  return (
    <div className={classes.page}>
      <SegmentedControl
        aria-label={texts.mode}
        className={classes.modes}
        value={mode}
        onChange={choose}
        data={MODES.map((value) => ({ value, label: texts.modes[value] }))}
      />
      <p className={classes.quiet}>{texts.explained[mode]}</p>
      <ScanWorkspace key={mode} mode={mode} userId={userId} begin={mode === 'count' ? at : undefined} />
    </div>
  );
}
