import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { itemQuery } from '../../catalog/items.ts';
import { LoadError, Loading } from '../../components/state.tsx';
import { findItemByCode } from '../../stock/code-lookup.ts';
import { MOVEMENT_KINDS } from '../../stock/movement.ts';
import { number } from '../../texts/format.ts';
import { scanTexts } from '../../texts/scan.ts';
import { movementTexts } from '../../texts/stock.ts';
import { StockLevels } from '../item/stock-levels.tsx';
import { Camera } from './input/camera.tsx';
import { ManualCode } from './input/manual-code.tsx';
import { ScannerStatus } from './input/scanner-status.tsx';
import { play } from './input/sound.ts';
import { useScanner } from './input/use-scanner.ts';
import classes from './scan.module.css';

const texts = scanTexts.lookUp;

/** Shows the item of each code that is scanned, and books nothing. */
export function LookUp() {
  const [code, setCode] = useState<string>();
  const [hasCamera, setCamera] = useState(false);
  useScanner(setCode);
  const { data, error, refetch } = useQuery({
    queryKey: ['items', 'code', code],
    queryFn: async () => {
      const found = await findItemByCode(code!);
      play(found.item ? 'good' : 'bad');
      return found;
    },
    enabled: code !== undefined,
  });
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <ScannerStatus />
        <Switch
          label={scanTexts.withCamera}
          checked={hasCamera}
          onChange={({ currentTarget: { checked } }) => setCamera(checked)}
        />
        {hasCamera && <Camera onCode={setCode} />}
        <ManualCode onCode={setCode} />
      </div>
      <section aria-label={scanTexts.last} className={classes.found}>
        {code === undefined ? (
          <p className={classes.quiet}>{scanTexts.nothing}</p>
        ) : error ? (
          <LoadError error={error} retry={() => void refetch()} />
        ) : !data ? (
          <Loading />
        ) : data.item ? (
          <FoundItem id={data.item.id} />
        ) : (
          <p role="status">{data.isArchived ? texts.archived(data.code) : texts.unknown(data.code)}</p>
        )}
      </section>
    </div>
  );
}

function FoundItem({ id }: { id: string }) {
  const { data: item, error, refetch } = useQuery(itemQuery(id));
  if (!item) return error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />;
  return (
    <>
      <h2 className={classes.foundName}>
        <Link to="/items/$itemId" params={{ itemId: id }}>
          {item.name}
        </Link>{' '}
        <span className={classes.sku}>{item.sku}</span>
      </h2>
      <p role="status">{texts.onHand(number(item.onHand), number(item.available))}</p>
      <StockLevels item={item} />
      <div className={classes.row}>
        {MOVEMENT_KINDS.map((action) => (
          <Button
            key={action}
            variant="default"
            renderRoot={(props: object) => (
              <Link {...props} to="/items/$itemId" params={{ itemId: id }} search={{ action }} />
            )}
          >
            {movementTexts.actions[action]}
          </Button>
        ))}
      </div>
    </>
  );
}
