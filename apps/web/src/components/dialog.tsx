import { Button, Group, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { shell } from '../texts/shell';
import classes from './dialog.module.css';
import { WriteError } from './write-error';

interface DialogProps {
  title: string;
  close: () => void;
  submit: string;
  onSubmit: () => void;
  isPending: boolean;
  error: Error | null;
  /** What the answer says is wrong beyond the form's own fields. */
  rest?: readonly string[];
  isDangerous?: boolean;
  children: ReactNode;
}

/** A form on top of the page, or a question before something is done. */
export function Dialog({ title, close, submit, onSubmit, isPending, error, rest, isDangerous, children }: DialogProps) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': shell.close }}>
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
    </Modal>
  );
}
