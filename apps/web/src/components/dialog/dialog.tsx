import { Modal, type ModalProps } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Draft } from '../../drafts/draft.ts';
import { shell } from '../../texts/shell.ts';
import { DialogBody } from './dialog-body.tsx';
import { takeOverKeys } from './dialog-loading.tsx';
import { DiscardQuestion } from './discard-question.tsx';

export interface DialogProps extends Omit<ModalProps, 'opened' | 'onClose'> {
  close: () => void;
  /** Keeps what is entered: only discarding it loses it, not leaving the page. */
  draft?: Pick<Draft<unknown>, 'isKept' | 'clear'>;
}

/**
 * A dialog on top of the page. Its first field has the focus, however late it comes, and keys typed meanwhile go there.
 * It asks before something typed is lost: to Escape, to its own button, to Back, or to a reload.
 */
export function Dialog({ close, draft, children, ...props }: DialogProps) {
  const hasInput = useRef(() => false);
  const [isAsking, setAsking] = useState(false);
  useLayoutEffect(takeOverKeys, []);
  const requestClose = () => {
    if (isAsking) return;
    if (hasInput.current() && draft?.isKept !== false) setAsking(true);
    else close();
  };
  const discard = () => {
    draft?.clear();
    close();
  };
  return (
    <Modal closeButtonProps={{ 'aria-label': shell.close }} {...props} opened onClose={requestClose}>
      <DialogBody hasInput={hasInput} onBack={draft ? undefined : () => setAsking(true)}>
        {children}
      </DialogBody>
      {isAsking && <DiscardQuestion discard={discard} keep={() => setAsking(false)} />}
    </Modal>
  );
}
