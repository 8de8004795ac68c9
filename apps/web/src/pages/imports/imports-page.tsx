import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useMay } from '../../session/session.ts';
import { importTexts as texts } from '../../texts/imports.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportList } from './import-list.tsx';
import { ImportSteps } from './import-steps.tsx';
import classes from './imports-page.module.css';
import { SendFile } from './send-file.tsx';
import { Steps } from './steps.tsx';

const route = getRouteApi('/authenticated/imports');

export function ImportsPage() {
  const { job, step } = route.useSearch();
  const navigate = route.useNavigate();
  const mayImport = useMay('operator');
  const [file, setFile] = useState<File>();
  const show = (id?: string, next?: 'check') => {
    setFile(undefined);
    void navigate({ search: id === undefined ? {} : { job: id, ...(next && { step: next }) } });
  };
  return (
    <Page title={texts.title}>
      <div className={classes.content}>
        {job !== undefined ? (
          <ImportSteps key={job} id={job} isCheck={step === 'check'} show={show} />
        ) : !mayImport ? (
          <p className={classes.quiet}>{texts.viewer}</p>
        ) : (
          <>
            <Steps current="drop" />
            {file ? (
              <SendFile file={file} onStarted={show} cancel={() => setFile(undefined)} />
            ) : (
              <DropZone onChosen={setFile} />
            )}
          </>
        )}
        <Section title={texts.list.title}>
          <ImportList />
        </Section>
      </div>
    </Page>
  );
}
