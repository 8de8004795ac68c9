import { Alert, Button } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from '../../shell/shortcuts.ts';
import { importTexts } from '../../texts/imports.ts';
import classes from './imports-page.module.css';

const texts = importTexts.drop;

/** Takes a file that is dropped anywhere on the page, or chosen. */
export function DropZone({ onChosen }: { onChosen: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string>();
  const choose = (files: FileList | undefined | null) => {
    if (!files || files.length === 0) return;
    const file = files[0]!;
    if (files.length > 1) setWrong(importTexts.wrong.several);
    else if (file.size === 0) setWrong(importTexts.wrong.empty);
    else onChosen(file);
  };
  usePaste((text) => onChosen(new File([text], texts.pasted, { type: 'text/tab-separated-values' })));
  const isOver = useDrop((transfer) => {
    const isFolder = transfer.items[0]?.webkitGetAsEntry()?.isDirectory;
    if (isFolder) setWrong(importTexts.wrong.folder);
    else choose(transfer.files);
  });
  useShortcut('c', texts.choose, () => input.current?.click());
  return (
    <>
      {wrong && (
        <Alert color="red" variant="light" title={importTexts.wrong.title} role="alert">
          {wrong}
        </Alert>
      )}
      <div className={classes.drop} data-over={isOver || undefined}>
        <FileUp size={28} strokeWidth={1.5} aria-hidden className={classes.icon} />
        <p className={classes.strong}>{isOver ? texts.release : texts.title}</p>
        <p className={classes.quiet}>{texts.text}</p>
        <div className={classes.actions}>
          <Button onClick={() => input.current?.click()}>{texts.choose}</Button>
          <Button component="a" href="/sample.csv" download={texts.sampleName} variant="default">
            {texts.sample}
          </Button>
        </div>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx,.xlsm,text/csv,text/tab-separated-values,text/plain"
          aria-label={texts.choose}
          hidden
          onChange={(event) => {
            choose(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
    </>
  );
}

/** A file that misses the zone would otherwise be opened by the browser, in place of the page. */
function useDrop(onDrop: (transfer: DataTransfer) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => void (latest.current = onDrop));
  useEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setIsOver(false);
      if (event.dataTransfer) latest.current(event.dataTransfer);
    };
    const listeners = { dragover: over, dragleave: leave, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) addEventListener(name as 'drop', listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) removeEventListener(name as 'drop', listener);
    };
  }, []);
  return isOver;
}

/** Rows that were copied in a spreadsheet come as text with tabs. */
function usePaste(onPaste: (text: string) => void): void {
  const latest = useRef(onPaste);
  useEffect(() => void (latest.current = onPaste));
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isField && text.trim().includes('\n')) latest.current(text);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, []);
}
