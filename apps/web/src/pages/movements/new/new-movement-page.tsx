import { Alert, Button, SegmentedControl, TextInput } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { isProblem } from '../../../api/problem.ts';
import { showBooked } from '../../../stock/booked-toast.tsx';
import { problemLines, AFFECTED_BY_MOVEMENT, type MovementBody, postMovement } from '../../../stock/movement.ts';
import { type LineErrors, lineErrors } from '../../../stock/problem-lines.ts';
import { useWrite } from '../../../api/use-write.ts';
import { Page } from '../../../components/page.tsx';
import { Forbidden } from '../../../components/state.tsx';
import { WriteError } from '../../../components/write-error.tsx';
import { useDraft } from '../../../drafts/use-draft.ts';
import { RestoredNotice } from '../../../drafts/restored-notice.tsx';
import { useUser, may } from '../../../session/session.ts';
import { useShortcut } from '../../../shell/shortcuts.ts';
import { newMovementTexts as texts } from '../../../texts/movements.ts';
import { shell } from '../../../texts/shell.ts';
import { movementTexts } from '../../../texts/stock.ts';
import { isStoredDraft, restoredLines, storedLines } from './stored-draft.ts';
import { type DraftLine, largeDifferences, MAX_LINES, movementBody, newLine, validateLines } from './draft.ts';
import { LineRow } from './line-row.tsx';
import classes from './new-movement.module.css';
import { DRAFT_TYPES } from './search.ts';

const route = getRouteApi('/authenticated/movements/new');

export function NewMovementPage() {
  const { role } = useUser();
  return (
    <Page title={texts.title}>
      {may(role, 'operator') ? <MovementForm /> : <Forbidden text={shell.forbidden.text(shell.roles[role])} />}
    </Page>
  );
}

function MovementForm() {
  const draft = useDraft('movement', isStoredDraft);
  const restored = draft.restored?.values;
  const { type = restored?.type ?? 'receipt' } = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const [reference, setReference] = useState(restored?.reference ?? '');
  const [note, setNote] = useState(restored?.note ?? '');
  const [lines, setLines] = useState<DraftLine[]>(() => (restored ? restoredLines(restored) : [newLine()]));
  const [restoredAt, setRestoredAt] = useState(draft.restored?.at);
  const [errors, setErrors] = useState(new Map<number, LineErrors>());
  // Large differences that the person has been asked about: as long as the lines stay the same.
  const [askedAbout, setAskedAbout] = useState<DraftLine[]>();
  const write = useWrite({
    write: (body: MovementBody, header) => postMovement(body, header),
    invalidates: AFFECTED_BY_MOVEMENT,
    draft,
    onSuccess: (movement, { lines }) => {
      draft.clear();
      showBooked(texts.done(lines.length), movement);
      void router.navigate({ to: '/movements/$movementId', params: { movementId: movement.id } });
    },
    onError: (error) => setErrors(lineErrors(error)),
  });
  useEffect(() => {
    if (reference !== '' || note !== '' || lines.some(isStarted))
      draft.keep({ type, reference, note, lines: storedLines(lines) });
    else draft.clear();
  }, [draft, type, reference, note, lines]);
  const startOver = () => {
    setReference('');
    setNote('');
    setLines([newLine()]);
    setErrors(new Map());
    setRestoredAt(undefined);
  };
  const changeLine = (key: number, changes: Partial<DraftLine>) => {
    setLines((before) => before.map((line) => (line.key === key ? { ...line, ...changes } : line)));
    // What was said of a line is no longer true of what it becomes.
    if (!('seenOnHand' in changes && Object.keys(changes).length === 1))
      setErrors(withoutIndex(errors, indexOf(lines, key)));
  };
  const add = () => setLines((before) => (before.length < MAX_LINES ? [...before, newLine(before.at(-1))] : before));
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const found = validateLines(type, lines);
    setErrors(found);
    if (found.size > 0) return;
    if (largeDifferences(type, lines) > 0 && askedAbout !== lines) return setAskedAbout(lines);
    write.mutate(movementBody(type, { reference, note }, lines));
  };
  /** The person has seen the levels as they are now, and their counts hold. */
  const keepCounts = () => {
    const now = new Map(problemLines(write.error).map(({ line, onHand }) => [line, onHand]));
    const seen = lines.map((line, index) => (now.has(index) ? { ...line, seenOnHand: now.get(index)! } : line));
    setLines(seen);
    setErrors(new Map());
    write.mutate(movementBody(type, { reference, note }, seen));
  };
  useShortcut('mod+enter', texts.submitShortcut, submit);
  return (
    <form noValidate onSubmit={submit} className={classes.form}>
      {restoredAt !== undefined && <RestoredNotice at={restoredAt} startOver={startOver} />}
      <SegmentedControl
        aria-label={texts.type}
        className={classes.types}
        value={type}
        onChange={(value) => void navigate({ search: { type: value }, replace: true })}
        data={DRAFT_TYPES.map((value) => ({ value, label: texts.types[value] }))}
      />
      <p className={classes.explained}>{texts.explained[type]}</p>
      <div className={classes.heading}>
        <TextInput
          label={texts.reference}
          placeholder={texts.referenceHint}
          maxLength={200}
          value={reference}
          onChange={({ currentTarget: { value } }) => setReference(value)}
        />
        <TextInput
          label={texts.note}
          maxLength={2000}
          value={note}
          onChange={({ currentTarget: { value } }) => setNote(value)}
        />
      </div>
      <ol className={classes.lines} aria-label={texts.lines}>
        {lines.map((line, index) => (
          <LineRow
            key={line.key}
            type={type}
            line={line}
            index={index}
            errors={errors.get(index)}
            onChange={(changes) => changeLine(line.key, changes)}
            onRemove={
              lines.length > 1
                ? () => {
                    setLines(lines.filter(({ key }) => key !== line.key));
                    setErrors(new Map());
                  }
                : undefined
            }
            autoFocus={index > 0 && index === lines.length - 1}
          />
        ))}
      </ol>
      <Button
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={add}
        disabled={lines.length >= MAX_LINES}
        className={classes.add}
      >
        {texts.addLine}
      </Button>
      {lines.length >= MAX_LINES && <p className={classes.explained}>{texts.full(MAX_LINES)}</p>}
      <FormErrors error={write.error} errors={errors} />
      {askedAbout === lines && (
        <Alert color="yellow" variant="light" role="alert">
          {movementTexts.largeDifferences(largeDifferences(type, lines), texts.submit.count)}
        </Alert>
      )}
      <div className={classes.actions}>
        {isProblem(write.error, 'unexpected-level') && (
          <Button variant="default" onClick={keepCounts}>
            {texts.keepCount}
          </Button>
        )}
        <Button type="submit" loading={write.isPending}>
          {texts.submit[type]}
        </Button>
      </div>
    </form>
  );
}

/** What stands at the lines is repeated in a sentence, for screen readers. */
function FormErrors({ error, errors }: { error: Error | null; errors: Map<number, LineErrors> }) {
  if (error && lineErrors(error).size === 0) return <WriteError error={error} />;
  if (errors.size === 0) return null;
  return (
    <Alert color="red" variant="light" role="alert">
      {texts.failedLines(errors.size)}
    </Alert>
  );
}

/** Whether a person has begun to fill it. */
const isStarted = ({ item, quantity, reason }: DraftLine): boolean => item !== null || quantity !== '' || reason !== '';

const indexOf = (lines: DraftLine[], key: number): number => lines.findIndex((line) => line.key === key);

function withoutIndex(errors: Map<number, LineErrors>, index: number): Map<number, LineErrors> {
  const rest = new Map(errors);
  rest.delete(index);
  return rest;
}
