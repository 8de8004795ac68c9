import { Button, type ButtonProps } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useShortcut } from '../shell/shortcuts.ts';

interface AddButtonProps extends Pick<ButtonProps, 'size'> {
  label: string;
  /** What the help says of the key `c`, which does the same. */
  shortcut: string;
  onClick: () => void;
}

/** Opens the form for one more of what a page lists. */
export function AddButton({ label, shortcut, onClick, ...props }: AddButtonProps) {
  useShortcut('c', shortcut, onClick);
  return (
    <Button {...props} leftSection={<Plus size={14} aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  );
}
