import { ActionIcon, Button, Menu } from '@mantine/core';
import { Archive, Ellipsis, Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Item } from '../../catalog/items.ts';
import { useMay } from '../../session/session.ts';
import { MovementDialog } from '../../stock/movement-dialog.tsx';
import type { MovementKind } from '../../stock/movement.ts';
import { itemTexts as texts } from '../../texts/item.ts';
import { movementTexts } from '../../texts/stock.ts';
import { ArchiveItem, RestoreItem } from './archive-item.tsx';
import { EditItem } from './edit-item.tsx';

/** What can be done with the item. An archived one can only be brought back. */
export function Actions({ item }: { item: Item }) {
  const [open, setOpen] = useState<MovementKind | 'edit' | 'archive'>();
  const close = () => setOpen(undefined);
  if (!useMay('operator')) return null;
  if (item.archivedAt) return <RestoreItem item={item} />;
  return (
    <>
      {(['receipt', 'issue', 'transfer', 'count'] as const).map((kind) => (
        <Button key={kind} variant={kind === 'receipt' ? 'filled' : 'default'} onClick={() => setOpen(kind)}>
          {movementTexts.actions[kind]}
        </Button>
      ))}
      <Button variant="default" leftSection={<Pencil size={14} aria-hidden />} onClick={() => setOpen('edit')}>
        {texts.edit}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={texts.more}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Archive size={14} aria-hidden />} onClick={() => setOpen('archive')}>
            {texts.archive.action}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'edit' && <EditItem item={item} close={close} />}
      {open === 'archive' && <ArchiveItem item={item} close={close} />}
      {open && open !== 'edit' && open !== 'archive' && <MovementDialog item={item} kind={open} close={close} />}
    </>
  );
}
