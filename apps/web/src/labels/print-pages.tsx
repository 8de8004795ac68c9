import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { Item } from '../catalog/items.ts';
import { LabelPage } from './label-page.tsx';
import { A4, type LabelSettings } from './paper.ts';
import classes from './print-pages.module.css';

/** All pages, for the printer alone: on paper they stand in place of everything else. */
export function PrintPages({ pages, settings }: { pages: (Item | undefined)[][]; settings: LabelSettings }) {
  const { width, height } = settings.paper === 'roll' ? settings.roll : A4;
  useEffect(() => {
    // The paper's size cannot stand in a style sheet of the build, and a <style> element the policy forbids.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { size: ${width}mm ${height}mm; margin: 0 }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [width, height]);
  return createPortal(
    <div className={classes.print} aria-hidden data-print>
      {pages.map((places, n) => (
        <LabelPage key={n} places={places} settings={settings} />
      ))}
    </div>,
    document.body,
  );
}
