import { useBlocker } from '@tanstack/react-router';
import { type RefObject, useEffect } from 'react';
import { BEFORE_HELD_KEYS } from './use-first-field.ts';

/** What all fields of the element hold. */
const inputOf = (element: HTMLElement): string =>
  [...element.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
    .map((field) =>
      field.type === 'checkbox' || field.type === 'radio' ? String((field as HTMLInputElement).checked) : field.value,
    )
    .join('\u0000');

/**
 * Tells whether a field was changed since the first key or click, and guards against losing it: the browser asks before a
 * reload, `onBack` is called in place of Back. Without `onBack`, leaving the page loses nothing.
 */
export function useUnsavedInput(
  body: RefObject<HTMLElement | null>,
  hasInput: RefObject<() => boolean>,
  onBack: (() => void) | undefined,
): void {
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    let before: string | undefined;
    const remember = () => void (before ??= inputOf(element));
    const events = ['keydown', 'pointerdown', 'beforeinput', 'paste', BEFORE_HELD_KEYS];
    for (const event of events) element.addEventListener(event, remember, { capture: true });
    hasInput.current = () => before !== undefined && inputOf(element) !== before;
    return () => {
      for (const event of events) element.removeEventListener(event, remember, { capture: true });
      hasInput.current = () => false;
    };
  }, [body, hasInput]);
  useBlocker({
    shouldBlockFn: ({ action }) => {
      const isBack = action === 'BACK' || action === 'FORWARD' || action === 'GO';
      if (!isBack || !onBack || !hasInput.current()) return false;
      onBack();
      return true;
    },
    enableBeforeUnload: () => onBack !== undefined && hasInput.current(),
  });
}
