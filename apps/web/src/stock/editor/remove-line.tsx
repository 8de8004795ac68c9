import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import classes from './remove-line.module.css';

interface RemoveLineProps {
  label: string;
  /** Undefined: it is the only one. */
  onRemove: (() => void) | undefined;
  className?: string;
}

/** Takes one line out of a form of several; as high as the fields beside it, without their labels. */
export const RemoveLine = ({ label, onRemove, className = '' }: RemoveLineProps) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    size="lg"
    className={`${classes.remove} ${className}`}
    disabled={!onRemove}
    onClick={onRemove}
    aria-label={label}
  >
    <X size={14} aria-hidden />
  </ActionIcon>
);
