import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../../parts/page.tsx';
import { Forbidden } from '../../parts/state.tsx';
import { may, useUser } from '../../session/session.ts';
import { scanTexts as texts } from '../../texts/scan.ts';
import { shell } from '../../texts/shell.ts';
import { Counter } from './counter.tsx';
import classes from './scan.module.css';
import { type Mode, MODES } from './sheet/sheet.ts';

const route = getRouteApi('/inside/scan');
const MODE_KEY = 'stockroom.scan.mode';

export function ScanPage() {
  const { id, role } = useUser();
  return (
    <Page title={texts.title}>
      {may(role, 'operator') ? <Modes userId={id} /> : <Forbidden text={shell.forbidden.text(shell.roles[role])} />}
    </Page>
  );
}

function Modes({ userId }: { userId: string }) {
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
      <Counter key={mode} mode={mode} userId={userId} begin={mode === 'count' ? at : undefined} />
    </div>
  );
}
