import { Button, Group } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Dialog } from './dialog.tsx';
import { shell } from '../../texts/shell.ts';
import classes from './dialog.module.css';
import { WriteError } from '../write-error.tsx';

interface FormDialogProps {
  title: string;
  close: () => void;
  submit: string;
  onSubmit: () => void;
  isPending: boolean;
  error: Error | null;
  /** What the response says is wrong beyond the form's own fields. */
  rest?: readonly string[];
  isDangerous?: boolean;
  children: ReactNode;
}

/** A form on top of the page, or a question before something is done. */
export function FormDialog({
  title,
  close,
  submit,
  onSubmit,
  isPending,
  error,
  rest,
  isDangerous,
  children,
}: FormDialogProps) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog close={close} title={title}>
      <form noValidate onSubmit={send} className={classes.form}>
        {children}
        <WriteError error={error} {...(rest && { rest })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {shell.cancel}
          </Button>
          <Button type="submit" loading={isPending} {...(isDangerous && { color: 'red.8' })}>
            {submit}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
