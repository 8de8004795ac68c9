/** Keys that a person typed while a dialog was on its way: a script is loading, or a question to the API is open. */
let held: string[] | undefined;

/** Keeps what is typed from now on, until a dialog takes it or drops it. */
export function holdKeys(): void {
  if (held) return;
  held = [];
  addEventListener('keydown', onKeyDown, { capture: true });
}

export function dropKeys(): void {
  held = undefined;
  removeEventListener('keydown', onKeyDown, { capture: true });
}

/** Types what was held into the first field of the dialog. Enter sends its form. */
export async function releaseKeys(target: HTMLElement): Promise<void> {
  while (held && held.length > 0) {
    const keys = held.splice(0);
    for (const key of keys) {
      if (key === 'Enter') submit(target);
      else if (isTextField(target))
        setText(target, key === 'Backspace' ? target.value.slice(0, -1) : target.value + key);
      // React draws before the next key, as it does for keys that come one by one.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  dropKeys();
}

function onKeyDown(event: KeyboardEvent): void {
  if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length !== 1 && event.key !== 'Enter' && event.key !== 'Backspace') return;
  event.preventDefault();
  event.stopPropagation();
  held?.push(event.key);
}

const isTextField = (element: HTMLElement): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && !element.readOnly);

/** As the browser does for Enter in a field. */
function submit(target: HTMLElement): void {
  const isHandled = !target.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
  );
  if (!isHandled && target instanceof HTMLInputElement) target.form?.requestSubmit();
}

/** React notices a value only where its own setter is bypassed. */
export function setText(element: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype = element instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
