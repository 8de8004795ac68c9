import { Alert, Button, Kbd, TextInput } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { FormEvent } from 'react';
import { WriteError } from '../../components/write-error.tsx';
import { RestoredNotice } from '../../drafts/restored-notice.tsx';
import { MOD_KEY, useShortcut } from '../../shell/shortcuts.ts';
import { newMovementTexts as texts } from '../../texts/movements.ts';
import { shell } from '../../texts/shell.ts';
import { movementTexts } from '../../texts/stock.ts';
import { type LineErrors, lineErrors } from '../problem-lines.ts';
import { largeDifferences, MAX_LINES, totalUnits } from './draft-line.ts';
import { LineRow } from './line-row.tsx';
import classes from './movement-editor.module.css';
import { QuickAdd } from './quick-add.tsx';
import { useEntries } from './use-entries.ts';
import { type MovementEditorOptions, useMovementEditor } from './use-movement-editor.ts';

interface MovementEditorProps extends MovementEditorOptions {
  /** It is about the item that it begins with, and no other one. */
  isForOneItem?: boolean;
  cancel?: () => void;
}

/** Receives, ships, moves, adjusts or counts: the form of every page where stock changes. */
export function MovementEditor({ isForOneItem = false, cancel, ...options }: MovementEditorProps) {
  const { type, draft } = options;
  const editor = useMovementEditor(options);
  const { lines, errors } = editor;
  const entries = useEntries();
  const submit = () => void entries.settle().then((isSettled) => isSettled && editor.submit());
  useShortcut('mod+enter', texts.submitShortcut, submit);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <form noValidate onSubmit={onSubmit} className={classes.form} data-single={isForOneItem || undefined}>
      {editor.restoredAt !== undefined && <RestoredNotice at={editor.restoredAt} startOver={editor.startOver} />}
      {!isForOneItem && <QuickAdd add={editor.add} entries={entries} />}
      <ol className={classes.lines} aria-label={texts.lines}>
        {lines.map((line, index) => (
          <LineRow
            key={line.key}
            type={type}
            line={line}
            index={index}
            errors={errors.get(index)}
            onChange={(changes) => editor.change(line.key, changes)}
            onRemove={lines.length > 1 ? () => editor.remove(line.key) : undefined}
            hasFixedItem={isForOneItem}
            autoFocus={index > 0 && index === lines.length - 1 && line.item === null}
          />
        ))}
      </ol>
      {!isForOneItem && (
        <Button
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => editor.add()}
          disabled={editor.isFull}
          className={classes.add}
        >
          {texts.addLine}
        </Button>
      )}
      {editor.isFull && <p className={classes.here}>{texts.full(MAX_LINES)}</p>}
      <div className={classes.heading}>
        <TextInput
          label={texts.reference}
          placeholder={texts.referenceHint}
          maxLength={200}
          value={editor.reference}
          onChange={({ currentTarget: { value } }) => editor.setReference(value)}
        />
        <TextInput
          label={texts.note}
          maxLength={2000}
          value={editor.note}
          onChange={({ currentTarget: { value } }) => editor.setNote(value)}
        />
      </div>
      <FormErrors error={editor.write.error} errors={errors} />
      {editor.isAsking && (
        <Alert color="yellow" variant="light" role="alert">
          {movementTexts.largeDifferences(largeDifferences(type, lines), texts.submit[type])}
        </Alert>
      )}
      <div className={classes.footer}>
        {!isForOneItem && (
          <p className={classes.total}>{texts.total(lines.length, texts.units(totalUnits(type, lines)))}</p>
        )}
        {cancel && (
          <Button
            variant="default"
            onClick={() => {
              draft.clear();
              cancel();
            }}
          >
            {shell.cancel}
          </Button>
        )}
        <Button type="submit" loading={editor.write.isPending}>
          {texts.submit[type]}
          {!isForOneItem && (
            <Kbd size="xs" className={classes.keys} aria-hidden>
              {MOD_KEY} ↵
            </Kbd>
          )}
        </Button>
      </div>
    </form>
  );
}

/** What stands at the lines is repeated in a sentence, for screen readers. */
function FormErrors({ error, errors }: { error: Error | null; errors: ReadonlyMap<number, LineErrors> }) {
  if (error && lineErrors(error).size === 0) return <WriteError error={error} />;
  if (errors.size === 0) return null;
  return (
    <Alert color="red" variant="light" role="alert">
      {texts.failedLines(errors.size)}
    </Alert>
  );
}
