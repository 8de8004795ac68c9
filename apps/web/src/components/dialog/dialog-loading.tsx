import { useLayoutEffect } from 'react';
import { dropKeys, holdKeys } from './held-keys.ts';

let openDialogs = 0;

/** In place of a dialog whose script is loading: what is typed meanwhile goes into the dialog's first field. */
export function DialogLoading() {
  useLayoutEffect(() => {
    holdKeys();
    // The dialog itself mounts in the same commit, after this has gone.
    return () => void setTimeout(() => openDialogs === 0 && dropKeys());
  }, []);
  return null;
}

/** A dialog that has come takes over what is held. @returns undoes it */
export function takeOverKeys(): () => void {
  openDialogs++;
  holdKeys();
  return () => {
    openDialogs--;
    dropKeys();
  };
}
