import { Button, FileButton } from '@mantine/core';
import { Camera } from 'lucide-react';
import { useWrite } from '../../../api/use-write.ts';
import type { Item } from '../../../catalog/items.ts';
import { photoUrl, putPhoto, removePhoto } from '../../../catalog/photos.ts';
import { showError } from '../../../components/toast.ts';
import { useMay } from '../../../session/session.ts';
import { itemTexts } from '../../../texts/item.ts';
import classes from './item-photo.module.css';
import { resizePhoto } from './resize-photo.ts';

const texts = itemTexts.photo;

/** Its photo, and for who may: to take or choose another one. */
export function ItemPhoto({ item }: { item: Item }) {
  const mayChange = useMay('operator') && !item.archivedAt;
  const url = photoUrl(item);
  return (
    <>
      {url && <img className={classes.photo} src={url} alt={texts.alt(item.name)} />}
      {mayChange && <PhotoActions item={item} />}
    </>
  );
}

function PhotoActions({ item }: { item: Item }) {
  const invalidates = [['items']];
  const put = useWrite({ write: (file: File) => resizeAndPut(item, file), invalidates, onError: showError });
  const remove = useWrite({ write: () => removePhoto(item), invalidates, onError: showError });
  return (
    <div className={classes.actions}>
      <FileButton
        accept="image/*"
        inputProps={{ 'aria-label': texts.choose }}
        onChange={(file) => file && put.mutate(file)}
      >
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant="default"
            loading={put.isPending}
            leftSection={<Camera size={14} aria-hidden />}
          >
            {item.photo === null ? texts.add : texts.replace}
          </Button>
        )}
      </FileButton>
      {item.photo !== null && (
        <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {texts.remove}
        </Button>
      )}
    </div>
  );
}

async function resizeAndPut(item: Item, file: File): Promise<Item> {
  const image = await resizePhoto(file);
  if (!image) throw new Error(texts.unreadable(file.name));
  return putPhoto(item, image);
}
