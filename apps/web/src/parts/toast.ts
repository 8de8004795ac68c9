import { notifications } from '@mantine/notifications';
import { shell } from '../texts/shell.ts';
import { wordsFor } from './write-failure.tsx';

export const done = (message: string): void =>
  void notifications.show({ message, color: 'teal', withCloseButton: true, autoClose: 4_000 });

/** For a write that has no form of its own to say it in. It stays until it was read. */
export const failed = (error: Error): void =>
  void notifications.show({
    title: shell.writeFailed.title,
    message: wordsFor(error),
    color: 'red',
    autoClose: false,
    role: 'alert',
  });
