import type { QueryKey } from '@tanstack/react-query';
import { useWrite } from '../../api/use-write.ts';
import { showSuccess } from '../toast.ts';
import { FormDialog } from './form-dialog.tsx';

interface ConfirmDialogProps {
  /** What it is done to. */
  name: string;
  texts: { title: (name: string) => string; text: string; submit: string; done: (name: string) => string };
  close: () => void;
  write: () => Promise<unknown>;
  /** Whose responses change by it. */
  invalidates: readonly QueryKey[];
}

/** Asks before something is done that cannot be taken back. */
export function ConfirmDialog({ name, texts, close, write, invalidates }: ConfirmDialogProps) {
  const { mutate, isPending, error } = useWrite<void, unknown>({
    write,
    invalidates,
    onSuccess: () => {
      close();
      showSuccess(texts.done(name));
    },
  });
  return (
    <FormDialog
      title={texts.title(name)}
      close={close}
      submit={texts.submit}
      onSubmit={() => mutate()}
      isPending={isPending}
      error={error}
      isDangerous
    >
      <p>{texts.text}</p>
    </FormDialog>
  );
}
