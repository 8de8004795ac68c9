import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import type { FeedEvent } from '../../api/live/feed-connection.ts';
import { onChange } from '../../api/live/live-updates.ts';
import { closable } from '../../components/toast.ts';
import { useUser } from '../../session/session.ts';
import type { glossary } from '../../texts/glossary.ts';
import { itemTexts } from '../../texts/item.ts';

const SHOWN_MS = 8_000;

/** Lines of movements have a change, those of reservations have none. */
interface Line {
  item: { id: string };
  delta?: number;
}

/** Says who has just changed the item that is shown, and how, where it was not the person who looks at it. */
export function useChangeNotice(itemId: string): void {
  const { id: self } = useUser();
  useEffect(() => {
    let shown: string | undefined;
    return onChange(({ events }) => {
      const event = events.findLast((event) => event.createdBy.id !== self && concerns(event, itemId));
      const what = event && describe(event, itemId);
      if (!event || !what) return;
      if (shown !== undefined) notifications.hide(shown);
      shown = event.id;
      const message = itemTexts.changed.by(event.createdBy.name, what);
      notifications.show({ id: shown, message, ...closable, autoClose: SHOWN_MS });
    });
  }, [itemId, self]);
}

const linesOf = ({ data }: FeedEvent, itemId: string): Line[] =>
  ((data.lines ?? []) as Line[]).filter(({ item }) => item.id === itemId);

const concerns = (event: FeedEvent, itemId: string): boolean =>
  event.resourceId === itemId || linesOf(event, itemId).length > 0;

function describe(event: FeedEvent, itemId: string): string | undefined {
  if (event.type !== 'movement.posted') return itemTexts.changed.events[event.type];
  const type = event.data.type as keyof typeof glossary.movements;
  const deltas = linesOf(event, itemId).map(({ delta = 0 }) => delta);
  // What leaves one location of a transfer comes to another.
  const counted = type === 'transfer' ? deltas.filter((delta) => delta > 0) : deltas;
  return itemTexts.changed.moved(type, counted.reduce((sum, delta) => sum + delta, 0)); // prettier-ignore
}
