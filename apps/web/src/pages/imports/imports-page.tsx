import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useMay } from '../../session/session.ts';
import { importTexts as texts } from '../../texts/imports.ts';
import type { ChosenFile } from './chosen-file.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportList } from './import-list.tsx';
import classes from './imports-page.module.css';
import { PreviewFile } from './preview-file.tsx';
import { Result } from './result.tsx';

const route = getRouteApi('/authenticated/imports');

export function ImportsPage() {
  const { job } = route.useSearch();
  const navigate = route.useNavigate();
  const mayImport = useMay('operator');
  const [chosen, setChosen] = useState<ChosenFile>();
  const show = (id?: string) => void navigate({ search: id === undefined ? {} : { job: id } });
  const startOver = () => {
    setChosen(undefined);
    show();
  };
  return (
    <Page title={texts.title}>
      <div className={classes.content}>
        {job !== undefined ? (
          <Result key={job} id={job} chosen={chosen} onStarted={show} startOver={startOver} />
        ) : !mayImport ? (
          <p className={classes.quiet}>{texts.viewer}</p>
        ) : chosen ? (
          <PreviewFile chosen={chosen} onStarted={show} cancel={startOver} />
        ) : (
          <DropZone onChosen={setChosen} />
        )}
        <Section title={texts.list.title}>
          <ImportList />
        </Section>
      </div>
    </Page>
  );
}
