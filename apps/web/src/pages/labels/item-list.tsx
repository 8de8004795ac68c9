import { CloseButton } from '@mantine/core';
import type { Item } from '../../catalog/items.ts';
import { ItemPicker } from '../../stock/item-picker.tsx';
import { labelTexts as texts } from '../../texts/labels.ts';
import classes from './labels-page.module.css';

/** Which items get labels. */
export function ItemList({ items, choose }: { items: Item[]; choose: (ids: string[]) => void }) {
  const ids = items.map(({ id }) => id);
  return (
    <div>
      <ul className={classes.items} aria-label={texts.items}>
        {items.map(({ id, name, sku }) => (
          <li key={id}>
            <span>
              {name} <span className={classes.sku}>{sku}</span>
            </span>
            <CloseButton
              size="sm"
              aria-label={texts.remove(name)}
              onClick={() => choose(ids.filter((other) => other !== id))}
            />
          </li>
        ))}
      </ul>
      <ItemPicker
        key={items.length}
        label={texts.addItem}
        value={null}
        onChange={(item) => item && choose([...ids, item.id])}
      />
    </div>
  );
}
