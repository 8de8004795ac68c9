import { api, ifMatch, responseData } from '../api/client.ts';
import type { Item } from './items.ts';

type Base = Pick<Item, 'id' | 'version'>;

/** Another photo has another address, so that a browser keeps each for good. */
export const photoUrl = ({ id, photo }: Pick<Item, 'id' | 'photo'>): string | undefined =>
  photo === null ? undefined : `/api/v1/items/${id}/photo?version=${photo}`;

/** @throws ApiProblem `precondition-failed` where the item is no longer as in `base` */
export const putPhoto = (base: Base, image: Blob): Promise<Item> =>
  responseData(
    api.PUT('/api/v1/items/{id}/photo', {
      params: { path: { id: base.id }, header: ifMatch(base) },
      // The document has no type for bytes but a text's.
      body: image as unknown as string,
      bodySerializer: (bytes) => bytes,
      headers: { 'Content-Type': image.type },
    }),
  );

/** @throws ApiProblem `precondition-failed` where the item is no longer as in `base` */
export const removePhoto = (base: Base): Promise<unknown> =>
  responseData(api.DELETE('/api/v1/items/{id}/photo', { params: { path: { id: base.id }, header: ifMatch(base) } }));
