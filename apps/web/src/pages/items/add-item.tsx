import { Modal } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { responseData, api } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { ItemForm, type ItemValues } from '../../catalog/item-form.tsx';
import { showSuccess } from '../../components/toast';
import { shell } from '../../texts/shell.ts';
import { itemFormTexts as texts } from '../../texts/items.ts';
import { resetLists } from './item-list.ts';

export function AddItem({ close }: { close: () => void }) {
  const router = useRouter();
  const add = useWrite({
    write: (body: ItemValues, header) => responseData(api.POST('/api/v1/items', { params: { header }, body })),
    invalidates: [['items']],
    onSuccess: ({ id, name }) => {
      void resetLists();
      close();
      showSuccess(texts.added(name));
      void router.navigate({ to: '/items/$itemId', params: { itemId: id } });
    },
  });
  return (
    <Modal opened onClose={close} title={texts.addTitle} closeButtonProps={{ 'aria-label': shell.close }} size="lg">
      <ItemForm submit={texts.add} onSubmit={add.mutate} isPending={add.isPending} error={add.error} cancel={close} />
    </Modal>
  );
}
