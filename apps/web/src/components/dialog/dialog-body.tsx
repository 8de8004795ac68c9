import { type FocusEvent, type ReactNode, type RefObject, useRef } from 'react';
import { useFirstField } from './use-first-field.ts';
import { useUnsavedInput } from './use-unsaved-input.ts';
import classes from './dialog.module.css';

interface DialogBodyProps {
  /** Set to what tells whether something was typed that is not saved. */
  hasInput: RefObject<() => boolean>;
  /** In place of going back while something typed would be lost. Undefined: a draft keeps it. */
  onBack: (() => void) | undefined;
  children: ReactNode;
}

/** What the dialog shows. It mounts later than the dialog itself, which the library puts elsewhere in the document. */
export function DialogBody({ hasInput, onBack, children }: DialogBodyProps) {
  const body = useRef<HTMLDivElement>(null);
  const focusFirst = useFirstField(body);
  useUnsavedInput(body, hasInput, onBack);
  return (
    // The library focuses this element when it opens the dialog; the focus goes on from here.
    <div
      ref={body}
      tabIndex={-1}
      data-autofocus
      className={classes.body}
      onFocus={(event: FocusEvent) => event.target === event.currentTarget && focusFirst()}
    >
      {children}
    </div>
  );
}
