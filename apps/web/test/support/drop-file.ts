import type { Page } from 'playwright-core';

/** Drops a file onto the page, as from the desktop. */
export async function dropFile(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([name, content]) => {
      const made = new DataTransfer();
      made.items.add(new File([content], name));
      return made;
    },
    [name, content] as const,
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

/** Pastes text onto the page, as from a spreadsheet. */
export async function pasteText(page: Page, text: string): Promise<void> {
  const clipboardData = await page.evaluateHandle((text) => {
    const made = new DataTransfer();
    made.setData('text/plain', text);
    return made;
  }, text);
  await page.evaluate(
    (data) => document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })),
    clipboardData,
  );
}
