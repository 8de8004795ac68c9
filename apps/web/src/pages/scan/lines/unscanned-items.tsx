import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { responseData, api } from '../../../api/client.ts';
import { number } from '../../../texts/format.ts';
import { scanTexts } from '../../../texts/scan.ts';
import classes from '../scan.module.css';
import type { ScanSession } from '../session/scan-session.ts';
import { MAX_LINES, type ScanLine } from '../session/scan-state.ts';

const texts = scanTexts.missing;
const SHOWN = 200;

/** What should be here and was not scanned: overlooked, or gone. Only the person can tell. */
export function UnscannedItems({
  session,
  location,
  lines,
}: {
  session: ScanSession;
  location: string;
  lines: readonly ScanLine[];
}) {
  const { data } = useQuery({
    queryKey: ['stock', 'shelf', location],
    queryFn: ({ signal }) =>
      responseData(api.GET('/api/v1/stock', { params: { query: { locationId: location, limit: SHOWN } }, signal })),
  });
  if (!data) return null;
  if (data.nextCursor) return <p className={classes.quiet}>{texts.many}</p>;
  const scanned = new Set(lines.map(({ item }) => item.id));
  const missing = data.items.filter(({ item, onHand }) => onHand > 0 && !scanned.has(item.id));
  if (missing.length === 0) return null;
  return (
    <details className={classes.missing}>
      <summary>{texts.title(missing.length)}</summary>
      <p className={classes.quiet}>{texts.text}</p>
      <ul className={classes.list}>
        {missing.map(({ item, onHand }) => (
          <li key={item.id} className={classes.line}>
            <div className={classes.item}>
              <span className={classes.name}>{item.name}</span>
              <span className={classes.sku}>{item.sku}</span>
            </div>
            <dl className={classes.books}>
              <dt>{scanTexts.lines.books}</dt>
              <dd>{number(onHand)}</dd>
            </dl>
            <Button
              variant="default"
              size="xs"
              disabled={lines.length >= MAX_LINES}
              aria-label={texts.zeroThis(item.name)}
              onClick={() =>
                session.change((state) => ({
                  ...state,
                  lines: [...state.lines, { item, quantity: '0', seenOnHand: onHand }],
                }))
              }
            >
              {texts.zero}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
