import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useWrite } from '../../api/use-write.ts';
import { WriteError } from '../../components/write-error.tsx';
import { uploadCsv } from '../../imports/file/upload.ts';
import { ProgressBar } from '../../imports/progress-bar.tsx';
import { bytes } from '../../texts/format.ts';
import { importTexts } from '../../texts/imports.ts';
import classes from './imports-page.module.css';

const texts = importTexts.upload;

interface SendFileProps {
  file: File;
  onStarted: (id: string) => void;
  cancel: () => void;
}

/** Sends a file to be looked at, as soon as it was chosen. */
export function SendFile({ file, onStarted, cancel }: SendFileProps) {
  const [sent, setSent] = useState(0);
  const hasArrived = useRef(false);
  const hasBegun = useRef(false);
  const aborter = useRef<AbortController>(undefined);
  const { mutate, isPending, error } = useWrite({
    write: (_: void, headers) => {
      aborter.current = new AbortController();
      setSent(0);
      return uploadCsv(file, { headers, onProgress: setSent, signal: aborter.current.signal });
    },
    invalidates: [['imports']],
    onSuccess: ({ id }) => {
      hasArrived.current = true;
      onStarted(id);
    },
  });
  useBlocker({
    shouldBlockFn: () => !hasArrived.current && !confirm(importTexts.leave),
    disabled: !isPending,
    enableBeforeUnload: isPending,
  });
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    mutate();
  }, [mutate]);
  const isStopped = error instanceof DOMException;
  return (
    <section className={classes.preview} aria-label={file.name}>
      {isPending && (
        <ProgressBar
          label={sent < file.size ? texts.label(file.name) : texts.received}
          words={texts.words(bytes(sent), bytes(file.size))}
          done={sent}
          total={file.size}
        />
      )}
      {!isPending && !isStopped && <WriteError error={error} />}
      <div className={classes.buttons}>
        {isPending ? (
          <Button variant="default" onClick={() => aborter.current?.abort()}>
            {texts.cancel}
          </Button>
        ) : (
          <>
            <Button onClick={() => mutate()}>{texts.again}</Button>
            <Button variant="default" onClick={cancel}>
              {importTexts.another}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
