import { useEffect, useRef, useState } from 'react';
import { FNC1 } from '../../../stock/gs1.ts';
import { ScannerBuffer } from './scanner-buffer.ts';

/**
 * Hears a hand scanner wherever the focus is. What it has typed into a field on its way is taken out again.
 *
 * @param onCode hears the code and when its last key was pressed, in milliseconds since the page began, however late a
 * busy page comes to it
 */
export function useScanner(onCode: (code: string, at: number) => void): void {
  const latest = useRef(onCode);
  useEffect(() => void (latest.current = onCode));
  useEffect(() => {
    const buffer = new ScannerBuffer();
    let before: FieldSnapshot | undefined;
    const onKey = (event: KeyboardEvent) => {
      const isFnc1 = event.ctrlKey && event.key === ']'; // As scanners that are keyboards send it.
      if (event.isComposing || (event.ctrlKey && !isFnc1) || event.altKey || event.metaKey) return;
      const code = buffer.onKey(isFnc1 ? FNC1 : event.key, event.timeStamp);
      if (buffer.length === 1) before = snapshotField(event.target);
      if (code === undefined && !(buffer.isFast && !before)) return;
      // Neither a shortcut nor the button that has the focus hears it.
      event.preventDefault();
      event.stopPropagation();
      if (code === undefined) return;
      if (before) restoreField(before);
      latest.current(code, event.timeStamp);
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

/** Whether keys arrive here at all: another window may have them. */
export function useWindowFocus(): boolean {
  const [hasKeys, setHasKeys] = useState(() => document.hasFocus());
  useEffect(() => {
    const look = () => setHasKeys(document.hasFocus());
    addEventListener('focus', look);
    addEventListener('blur', look);
    return () => {
      removeEventListener('focus', look);
      removeEventListener('blur', look);
    };
  }, []);
  return hasKeys;
}

/** A field as it was before the first key. */
interface FieldSnapshot {
  element: HTMLInputElement | HTMLTextAreaElement;
  value: string;
}

const snapshotField = (target: EventTarget | null): FieldSnapshot | undefined =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    ? { element: target, value: target.value }
    : undefined;

/** React hears of a value only where its own setter is gone round. */
function restoreField({ element, value }: FieldSnapshot): void {
  if (element.value === value) return;
  const prototype = element instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(element, value);
  element.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
