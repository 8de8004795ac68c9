import { Button } from '@mantine/core';
import { useState } from 'react';
import { scanTexts } from '../../../texts/scan.ts';
import type { ScanSession } from '../session/scan-session.ts';
import { removeUnknownCode, type ScanState } from '../session/scan-state.ts';
import { AddItem } from './add-item.tsx';
import classes from '../scan.module.css';

const texts = scanTexts.unknown;

/** Codes that no item has: kept until the item is added, or they are dismissed. */
export function UnknownCodes({ session, state: { unknown } }: { session: ScanSession; state: ScanState }) {
  const [adding, setAdding] = useState<string>();
  if (unknown.length === 0) return null;
  return (
    <section>
      <h2 className={classes.subtitle}>{texts.title}</h2>
      <ul className={classes.unknown}>
        {unknown.map(({ code, times }) => (
          <li key={code} className={classes.unknownCode}>
            <span className={classes.code}>{code}</span>
            <span className={classes.quiet}>{texts.times(times)}</span>
            <span className={classes.row}>
              <Button variant="default" size="xs" aria-label={texts.addThis(code)} onClick={() => setAdding(code)}>
                {texts.add}
              </Button>
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                aria-label={texts.dismissThis(code)}
                onClick={() => session.change((state) => removeUnknownCode(state, code))}
              >
                {texts.dismiss}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {adding !== undefined && (
        <AddItem code={adding} close={() => setAdding(undefined)} onAdded={() => session.resolveUnknown(adding)} />
      )}
    </section>
  );
}
