import { Pagination } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { Item } from '../../catalog/items.ts';
import { LabelPage } from '../../labels/label-page.tsx';
import { A4, type LabelSettings } from '../../labels/paper.ts';
import { labelTexts as texts } from '../../texts/labels.ts';
import classes from './labels-page.module.css';

/** CSS pixels, of which 96 are an inch. */
const PX_PER_MM = 96 / 25.4;

/** One page as it will be printed, as large as there is room. */
export function Preview({ pages, settings }: { pages: (Item | undefined)[][]; settings: LabelSettings }) {
  const { ref, width } = useElementSize();
  const [chosen, setChosen] = useState(1);
  const page = Math.min(chosen, pages.length);
  const paper = settings.paper === 'roll' ? settings.roll : A4;
  const zoom = Math.min(settings.paper === 'roll' ? 2 : 1, width / (paper.width * PX_PER_MM));
  return (
    <div ref={ref}>
      {/* Before its width is known, the paper would be wider than a phone's page. */}
      {width > 0 && (
        <div className={classes.paper} style={{ zoom }} role="group" aria-label={texts.preview(page, pages.length)}>
          <LabelPage places={pages[page - 1]!} settings={settings} />
        </div>
      )}
      {pages.length > 1 && (
        <Pagination
          total={pages.length}
          value={page}
          onChange={setChosen}
          size="sm"
          mt="sm"
          getControlProps={(control) => ({ 'aria-label': texts.turn[control === 'previous' ? 'back' : 'on'] })}
          getItemProps={(n) => ({ 'aria-label': texts.preview(n, pages.length) })}
        />
      )}
    </div>
  );
}
