import { Text } from './fields.ts';

/** What every browser shows. */
export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export const MAX_PHOTO_BYTES = 204_800;
/** In pixels, of either side: a small file can hold an image that no browser has the memory to show. */
export const MAX_PHOTO_SIDE = 4_096;

/** The SHA-256 of a photo in base64url. */
export const PhotoVersion = () =>
  Text({
    nullable: true,
    max: 43,
    example: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
    description: 'Names the photo at `/items/{id}/photo`: another photo has another one. Null: it has none.',
  });

export class ReadPhoto {
  @Text({
    optional: true,
    min: 43,
    max: 43,
    description: 'The item’s `photo`. While it is current, the response may be kept for a year without asking again.',
  })
  version?: string;
}
