import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useWrite } from '../../api/use-write.ts';
import { uploadCsv } from '../../imports/file/upload.ts';
import { ProgressBar } from '../../imports/progress-bar.tsx';
import type { Import } from '../../imports/queries.ts';
import { WriteError } from '../../components/write-error.tsx';
import { bytes } from '../../texts/format.ts';
import { importTexts } from '../../texts/imports.ts';
import classes from './imports-page.module.css';

const texts = importTexts.upload;

interface SendFileProps {
  file: File;
  query: { mode: Import['mode']; dryRun: boolean };
  onSending?: (isSending: boolean) => void;
  onStarted: (id: string) => void;
  cancel: () => void;
}

/** The buttons of a preview, and how far the sending is. */
export function SendFile({ file, query, onSending, onStarted, cancel }: SendFileProps) {
  const [sent, setSent] = useState(0);
  const hasArrived = useRef(false);
  const aborter = useRef<AbortController>(undefined);
  const { mutate, isPending, error } = useWrite({
    write: (_: void, headers) => {
      aborter.current = new AbortController();
      setSent(0);
      return uploadCsv(file, { query, headers, onProgress: setSent, signal: aborter.current.signal });
    },
    invalidates: [['imports'], ['reports']],
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
  useEffect(() => onSending?.(isPending), [isPending, onSending]);
  useEffect(() => () => aborter.current?.abort(), []);
  const isStopped = error instanceof DOMException;
  return (
    <>
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
            <Button onClick={() => mutate()} data-autofocus>
              {query.dryRun ? importTexts.preview.check : importTexts.preview.start}
            </Button>
            <Button variant="default" onClick={cancel}>
              {importTexts.preview.cancel}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
