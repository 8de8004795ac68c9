import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../components/dialog/dialog.tsx';
import type { Item } from '../catalog/items.ts';
import { LoadError, Loading } from '../components/state.tsx';
import { movementTexts as texts } from '../texts/stock.ts';
import { levelsQuery } from './levels.ts';
import { locationsQuery } from './locations.ts';
import { useMovementDraft } from './movement-draft.ts';
import { MovementForm } from './movement-form.tsx';
import type { MovementKind } from './movement.ts';

interface MovementDialogProps {
  item: Item;
  kind: MovementKind;
  /** Where, to begin with. Default: where most of it is. */
  locationId?: string | undefined;
  close: () => void;
}

/** Receives, ships, moves or counts one item. */
export function MovementDialog({ item, kind, locationId, close }: MovementDialogProps) {
  const locations = useQuery(locationsQuery);
  const levels = useQuery(levelsQuery(item.id));
  const draft = useMovementDraft(kind, item.id);
  const error = locations.error ?? levels.error;
  return (
    <Dialog close={close} draft={draft} title={texts.titles[kind](item.name)}>
      {locations.data && levels.data ? (
        <MovementForm
          item={item}
          kind={kind}
          levels={levels.data.items}
          begin={locationId ?? locationWithMost(levels.data.items) ?? locations.data[0]?.id ?? ''}
          draft={draft}
          close={close}
        />
      ) : error ? (
        <LoadError error={error} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

const locationWithMost = (levels: { location: { id: string }; onHand: number }[]): string | undefined =>
  levels.toSorted((a, b) => b.onHand - a.onHand)[0]?.location.id;
