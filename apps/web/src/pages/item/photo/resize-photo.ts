/** What the API takes at most, with some room. */
const MAX_BYTES = 200_000;
/** Of the longer side, in pixels: sharp across a phone's screen. */
const MAX_SIDE = 1_024;
const QUALITIES = [0.85, 0.7, 0.5, 0.3];

/**
 * A picture of any size as a WebP image that the API takes (JPEG where the browser cannot write WebP): upright, on white
 * where it is transparent, and without what a camera writes into it, such as the place where it was taken.
 * @returns undefined where the browser cannot read it
 */
export async function resizePhoto(file: Blob): Promise<Blob | undefined> {
  // 'from-image', the default, turns it as the camera was held.
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of QUALITIES) {
    const image = (await encode(canvas, 'image/webp', quality)) ?? (await encode(canvas, 'image/jpeg', quality));
    if (image && image.size <= MAX_BYTES) return image;
  }
  return undefined;
}

/** A browser that cannot write this type writes PNG. */
const encode = (canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | undefined> =>
  new Promise((resolve) => canvas.toBlob((image) => resolve(image?.type === type ? image : undefined), type, quality));
