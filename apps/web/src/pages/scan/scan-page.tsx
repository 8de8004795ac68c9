import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../../components/page.tsx';
import { Forbidden } from '../../components/state.tsx';
import { may, useUser } from '../../session/session.ts';
import { scanTexts as texts } from '../../texts/scan.ts';
import { shell } from '../../texts/shell.ts';
import { LookUp } from './look-up.tsx';
import { ScanWorkspace } from './scan-workspace.tsx';
import classes from './scan.module.css';
import { MODES } from './session/scan-state.ts';

const route = getRouteApi('/authenticated/scan');
/** What scans do: they are booked, or only looked up. */
const CHOICES = [...MODES, 'lookUp'] as const;
type Choice = (typeof CHOICES)[number];
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
  const [choice, setChoice] = useState<Choice>(() => (at === undefined ? rememberedChoice() : 'count'));
  const choose = (value: Choice) => {
    sessionStorage.setItem(MODE_KEY, value);
    setChoice(value);
  };
  return (
    <div className={classes.page}>
      <SegmentedControl
        aria-label={texts.mode}
        className={classes.modes}
        value={choice}
        onChange={choose}
        data={CHOICES.map((value) => ({ value, label: texts.modes[value] }))}
      />
      <p className={classes.quiet}>{texts.explained[choice]}</p>
      {choice === 'lookUp' ? (
        <LookUp />
      ) : (
        <ScanWorkspace key={choice} mode={choice} userId={userId} begin={choice === 'count' ? at : undefined} />
      )}
    </div>
  );
}

const rememberedChoice = (): Choice => {
  const stored = sessionStorage.getItem(MODE_KEY);
  return CHOICES.find((choice) => choice === stored) ?? 'count';
};
