import { useQuery } from '@tanstack/react-query';
import type { Item } from '../catalog/items.ts';
import { Dialog } from '../components/dialog/dialog.tsx';
import { LoadError, Loading } from '../components/state.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { movementTexts as texts } from '../texts/stock.ts';
import { MovementEditor } from './editor/movement-editor.tsx';
import { useRememberedLocation } from './editor/remembered-location.ts';
import { isStoredDraft } from './editor/stored-draft.ts';
import { type Level, levelsQuery } from './levels.ts';
import { locationsQuery } from './locations.ts';
import type { MovementKind } from './movement.ts';

interface MovementDialogProps {
  item: Item;
  kind: MovementKind;
  close: () => void;
}

/** Receives, ships, moves or counts one item. */
export function MovementDialog({ item, kind, close }: MovementDialogProps) {
  const locations = useQuery(locationsQuery);
  const levels = useQuery(levelsQuery(item.id));
  const draft = useDraft(`${kind}.${item.id}`, isStoredDraft);
  const remembered = useRememberedLocation().location;
  const error = locations.error ?? levels.error;
  const ids = locations.data?.map(({ id }) => id) ?? [];
  const location = locationWithMost(levels.data?.items ?? []) ?? ids.find((id) => id === remembered) ?? ids[0] ?? '';
  return (
    <Dialog close={close} draft={draft} title={texts.titles[kind](item.name)}>
      {locations.data && levels.data ? (
        <MovementEditor
          type={kind}
          begin={{
            item: { id: item.id, sku: item.sku, name: item.name },
            location,
            seenOnHand: onHandAt(levels.data.items, location),
          }}
          isForOneItem
          draft={draft}
          onBooked={close}
          cancel={close}
        />
      ) : error ? (
        <LoadError error={error} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

const locationWithMost = (levels: Level[]): string | undefined =>
  levels.toSorted((a, b) => b.onHand - a.onHand)[0]?.location.id;

const onHandAt = (levels: Level[], locationId: string): number =>
  levels.find(({ location }) => location.id === locationId)?.onHand ?? 0;
