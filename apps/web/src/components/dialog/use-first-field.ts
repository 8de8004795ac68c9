import { type RefObject, useLayoutEffect } from 'react';
import { dropKeys, releaseKeys } from './held-keys.ts';

/** Told to the dialog's body before held keys are typed into it. */
export const BEFORE_HELD_KEYS = 'before-held-keys';

const FIELDS = 'input:not([type=hidden]):not(:disabled), textarea:not(:disabled), select:not(:disabled)';
const BUTTONS = 'button:not(:disabled), a[href]';

/** Where a person begins: what the dialog marks, else its first field, else its first button. */
const firstOf = (body: HTMLElement): HTMLElement | null =>
  body.querySelector<HTMLElement>('[data-autofocus]') ?? body.querySelector(FIELDS) ?? body.querySelector(BUTTONS);

/** Focuses the first field of a dialog as soon as there is one. @returns does it again */
export function useFirstField(body: RefObject<HTMLElement | null>): () => void {
  const focusFirst = () => {
    const first = body.current && firstOf(body.current);
    if (!first) return false;
    first.focus({ preventScroll: true });
    return true;
  };
  useLayoutEffect(() => {
    const onFirst = () => {
      observer.disconnect();
      // The library moves the focus once when the dialog has been drawn; the keys follow after that.
      setTimeout(() => {
        focusFirst();
        const { activeElement } = document;
        if (!(activeElement instanceof HTMLElement) || !body.current?.contains(activeElement)) return dropKeys();
        body.current.dispatchEvent(new Event(BEFORE_HELD_KEYS));
        void releaseKeys(activeElement);
      });
    };
    const observer = new MutationObserver(() => focusFirst() && onFirst());
    if (body.current) observer.observe(body.current, { childList: true, subtree: true });
    if (focusFirst()) onFirst();
    return () => observer.disconnect();
    // Once for each dialog.
  }, []);
  return focusFirst;
}
