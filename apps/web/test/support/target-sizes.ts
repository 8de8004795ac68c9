import type { Page } from 'playwright-core';

/**
 * What can be pressed on the page as it is now, and does not take a press 11 px beside its middle on every side: WCAG 2.2,
 * 2.5.8, wants 24 × 24 CSS pixels. Links within a sentence are exempt there, too.
 */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const REACH_PX = 11;
    const targets =
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option], [role=menuitem]';
    const isInSentence = (element: Element) =>
      getComputedStyle(element).display === 'inline' &&
      [...element.parentElement!.childNodes].some(
        (node) => node instanceof Text && node.data.trim() !== '' && element.parentElement!.matches('p, li, dd, span'),
      );
    const isShown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.matches(':disabled, [tabindex="-1"][aria-hidden=true]') &&
      // A link that shows itself only when it has the focus.
      element.getBoundingClientRect().bottom > 0;
    const takes = (parts: Element[], x: number, y: number) => {
      const hit = document.elementFromPoint(x, y);
      return parts.some((part) => part.contains(hit));
    };
    const small: string[] = [];
    const dialog = document.querySelector('[role=dialog][aria-modal=true]');
    for (const element of (dialog ?? document).querySelectorAll<HTMLElement>(targets)) {
      const isToggle = element instanceof HTMLInputElement && /checkbox|radio/.test(element.type);
      const parts = [element, ...(isToggle ? (element.labels ?? []) : [])];
      const shown = parts.filter((part) => isShown(part) && getComputedStyle(part).opacity !== '0');
      if (shown.length === 0 || isInSentence(element)) continue;
      shown[0]!.scrollIntoView({ block: 'center', inline: 'center' });
      const takesAround = shown.some((part) => {
        const { left, top, width, height } = part.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        return [
          [x - REACH_PX, y],
          [x + REACH_PX, y],
          [x, y - REACH_PX],
          [x, y + REACH_PX],
        ].every(([x, y]) => takes(parts, x!, y!));
      });
      if (takesAround) continue;
      const { width, height } = shown[0]!.getBoundingClientRect();
      const name = element.ariaLabel ?? element.textContent.trim().slice(0, 40);
      small.push(`${element.localName} “${name}” ${Math.round(width)} × ${Math.round(height)}`);
    }
    return small;
  });

/** Choices beside one another whose text is cut, and whether the page must be scrolled sideways. */
export const clippedTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const main = document.querySelector('main') ?? document.documentElement;
    const choices = [...document.querySelectorAll<HTMLElement>('[role=radiogroup] label, [role=tab], main button')];
    return [
      ...choices.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).map(({ textContent }) => textContent),
      ...(main.scrollWidth > main.clientWidth ? [`main: ${main.scrollWidth} > ${main.clientWidth}`] : []),
    ];
  }); // prettier-ignore
