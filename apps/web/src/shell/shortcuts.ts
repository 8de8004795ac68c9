import { useEffect, useRef } from 'react';
import { Store } from '../api/store.ts';

interface Shortcut {
  /** `?`, `g i` for one after the other, `mod+k` for Ctrl or ⌘ held. */
  keys: string;
  text: string;
  /** Undefined: the keys are a component's own, which hears them while it has the focus. */
  run?: () => void;
}

/** How long after the first key of two the second one counts, in milliseconds. */
const SEQUENCE_MS = 1_000;

/** Those of the page that is shown, which the help lists. */
export const shortcuts = new Store<readonly Shortcut[]>([]);

/** Makes keys do something while the component is shown. They do nothing while a person types into a field. */
export function useShortcut(keys: string, text: string, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => void (latest.current = run));
  useEffect(() => {
    const shortcut = { keys, text, run: () => latest.current() };
    shortcuts.set([...shortcuts.get(), shortcut]);
    return () => shortcuts.set(shortcuts.get().filter((other) => other !== shortcut));
  }, [keys, text]);
}

/** Lists keys of a component in the help, such as those of a table. Keeps the identity of `entries`. */
export function useShortcutHelp(entries: Readonly<Record<string, string>>): void {
  useEffect(() => {
    const listed = Object.entries(entries).map(([keys, text]) => ({ keys, text }));
    shortcuts.set([...shortcuts.get(), ...listed]);
    return () => shortcuts.set(shortcuts.get().filter((other) => !listed.includes(other)));
  }, [entries]);
}

/** What `mod` is on this machine's keyboard. */
export const MOD_KEY = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';

let before = { key: '', at: 0 };

/** Listens for the whole page. @returns ends it */
export function listenForShortcuts(): () => void {
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const held = event.ctrlKey || event.metaKey;
  // A dialog is about one thing: no key leads away from it.
  if (document.querySelector('[role="dialog"][aria-modal="true"]') || (!held && isTyping(event.target))) return;
  const key = event.key.toLowerCase();
  const pressed = held ? `mod+${key}` : event.key;
  const sequence = event.timeStamp - before.at < SEQUENCE_MS ? `${before.key} ${key}` : '';
  before = { key, at: event.timeStamp };
  const shortcut = shortcuts.get().find(({ keys }) => keys === sequence || keys === pressed);
  if (!shortcut?.run) return;
  event.preventDefault();
  before = { key: '', at: 0 };
  shortcut.run();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
