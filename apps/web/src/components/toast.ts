import { notifications } from '@mantine/notifications';
import { shell } from '../texts/shell.ts';
import { errorMessage } from './write-error.tsx';

/** Its button to close it has a name, too. */
export const closable = { withCloseButton: true, closeButtonProps: { 'aria-label': shell.close } };

export const showSuccess = (message: string): void =>
  void notifications.show({ message, color: 'teal', ...closable, autoClose: 4_000 });

/** For a write that has no form of its own to say it in. It stays until it was read. */
export const showError = (error: Error): void =>
  void notifications.show({
    title: shell.writeFailed.title,
    message: errorMessage(error),
    color: 'red',
    ...closable,
    autoClose: false,
    role: 'alert',
  });
