import { notifications } from '@mantine/notifications';
import { shell } from '../texts/shell.ts';
import { wordsFor } from './write-failure.tsx';

/** Its button to close it has a name, too. */
const closable = { withCloseButton: true, closeButtonProps: { 'aria-label': shell.close } };

export const done = (message: string): void =>
  void notifications.show({ message, color: 'teal', ...closable, autoClose: 4_000 });

/** For a write that has no form of its own to say it in. It stays until it was read. */
export const failed = (error: Error): void =>
  void notifications.show({
    title: shell.writeFailed.title,
    message: wordsFor(error),
    color: 'red',
    ...closable,
    autoClose: false,
    role: 'alert',
  });
