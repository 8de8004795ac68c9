import { useRouter } from '@tanstack/react-router';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { responseData, api } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { ItemForm, type ItemValues } from '../../catalog/item-form.tsx';
import { showSuccess } from '../../components/toast.ts';
import { itemFormTexts as texts } from '../../texts/items.ts';
import { resetLists } from './item-list.ts';

/** @param name what was searched for and not found */
export function AddItem({ name, close }: { name: string | undefined; close: () => void }) {
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
    <Dialog close={close} title={texts.addTitle} size="lg">
      <ItemForm
        name={name}
        submit={texts.add}
        onSubmit={add.mutate}
        isPending={add.isPending}
        error={add.error}
        cancel={close}
      />
    </Dialog>
  );
}
