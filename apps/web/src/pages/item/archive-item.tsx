import { Button, Group, Text } from '@mantine/core';
import { ArchiveRestore } from 'lucide-react';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { useWrite } from '../../api/use-write.ts';
import { archiveItem, type Item, updateItem } from '../../catalog/items.ts';
import { showSuccess, showError } from '../../components/toast.ts';
import { WriteError } from '../../components/write-error.tsx';
import { itemTexts } from '../../texts/item.ts';
import { shell } from '../../texts/shell.ts';
import { resetLists } from '../items/item-list.ts';

const texts = itemTexts.archive;

/** Asks first. The API refuses while stock or reservations remain, and its words are shown. */
export function ArchiveItem({ item, close }: { item: Item; close: () => void }) {
  const archive = useWrite({
    write: () => archiveItem(item),
    invalidates: [['items']],
    onSuccess: () => {
      void resetLists();
      close();
      showSuccess(texts.done(item.name));
    },
  });
  return (
    <Dialog close={close} title={texts.title(item.name)}>
      <Text mb="md">{texts.text}</Text>
      <WriteError error={archive.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close} data-autofocus>
          {shell.cancel}
        </Button>
        <Button color="red.9" loading={archive.isPending} onClick={() => archive.mutate(undefined)}>
          {texts.action}
        </Button>
      </Group>
    </Dialog>
  );
}

export function RestoreItem({ item }: { item: Item }) {
  const restore = useWrite({
    write: () => updateItem(item, { archived: false }),
    invalidates: [['items']],
    onSuccess: () => {
      void resetLists();
      showSuccess(texts.restored(item.name));
    },
    onError: showError,
  });
  return (
    <Button
      variant="default"
      leftSection={<ArchiveRestore size={14} aria-hidden />}
      loading={restore.isPending}
      onClick={() => restore.mutate(undefined)}
    >
      {texts.restore}
    </Button>
  );
}
