import { Modal } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { answerOf, api } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { ItemForm, type ItemValues } from '../../catalog/item-form.tsx';
import { done } from '../../parts/toast.ts';
import { shell } from '../../texts/shell.ts';
import { itemFormTexts as texts } from '../../texts/items.ts';
import { startOver } from './item-list.ts';

export function AddItem({ close }: { close: () => void }) {
  const router = useRouter();
  const add = useWrite({
    write: (body: ItemValues, header) => answerOf(api.POST('/api/v1/items', { params: { header }, body })),
    touches: [['items']],
    onDone: ({ id, name }) => {
      void startOver();
      close();
      done(texts.added(name));
      void router.navigate({ to: '/items/$itemId', params: { itemId: id } });
    },
  });
  return (
    <Modal opened onClose={close} title={texts.addTitle} closeButtonProps={{ 'aria-label': shell.close }} size="lg">
      <ItemForm submit={texts.add} onSubmit={add.mutate} isPending={add.isPending} error={add.error} cancel={close} />
    </Modal>
  );
}
