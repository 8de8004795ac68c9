import { ActionIcon, Button, Menu } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Archive, Ellipsis, Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Item } from '../../catalog/items.ts';
import { useMay } from '../../session/session.ts';
import { MovementDialog } from '../../stock/movement-dialog.tsx';
import { MOVEMENT_KINDS, type MovementKind } from '../../stock/movement.ts';
import { itemTexts as texts } from '../../texts/item.ts';
import { movementTexts } from '../../texts/stock.ts';
import { ArchiveItem, RestoreItem } from './archive-item.tsx';
import { EditItem } from './edit-item.tsx';

const route = getRouteApi('/authenticated/items/$itemId');

/** What can be done with the item. An archived one can only be brought back. */
export function Actions({ item }: { item: Item }) {
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<MovementKind | 'edit' | 'archive' | undefined>(action);
  // The address says which form is open: after a reload it is open again, with what was entered. The form waits for nothing.
  const openMovement = (kind: MovementKind | undefined) => {
    setOpen(kind);
    void navigate({ search: kind ? { action: kind } : {}, replace: true });
  };
  const close = () => setOpen(undefined);
  if (!useMay('operator')) return null;
  if (item.archivedAt) return <RestoreItem item={item} />;
  return (
    <>
      {MOVEMENT_KINDS.map((kind) => (
        <Button key={kind} variant={kind === 'receipt' ? 'filled' : 'default'} onClick={() => openMovement(kind)}>
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
      {open && open !== 'edit' && open !== 'archive' && (
        <MovementDialog item={item} kind={open} close={() => openMovement(undefined)} />
      )}
    </>
  );
}
