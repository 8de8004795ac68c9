import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { imageDimensionsFromData } from 'image-dimensions';
import { MAX_PHOTO_BYTES, MAX_PHOTO_SIDE, photoTypes } from '#contracts';
import { Problem, wrongType } from '#service';

type PhotoType = (typeof photoTypes)[number];

export interface Photo {
  bytes: Buffer;
  type: PhotoType;
  /** SHA-256 in base64url. */
  version: string;
}

/** Reads images for the routes that take one. */
export function acceptPhotos(server: FastifyInstance): void {
  server.addContentTypeParser([...photoTypes], { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    if (request.is404 || request.routeOptions.config.mediaTypes === photoTypes) done(null, bytes);
    else done(wrongType());
  });
}

/**
 * A request's body as a photo. What the image is its first bytes say, not the name that its sender gives it.
 * @throws Problem `unsupported-media-type`, `too-large`, `invalid-fields`
 */
export function readPhoto(bytes: unknown): Photo {
  if (!Buffer.isBuffer(bytes)) throw wrongType(photoTypes);
  if (bytes.length > MAX_PHOTO_BYTES)
    throw new Problem('too-large', `A photo may have up to ${MAX_PHOTO_BYTES} bytes. Make it smaller.`);
  const { width = 0, height = 0, type: format } = imageDimensionsFromData(bytes) ?? {};
  const type = photoTypes.find((it) => it === `image/${format}`);
  if (!type) throw unreadable('The body is no JPEG, PNG or WebP image.');
  if (Math.min(width, height) < 1 || Math.max(width, height) > MAX_PHOTO_SIDE)
    throw unreadable(`The image has ${width} × ${height} pixels; each side may have 1 to ${MAX_PHOTO_SIDE}.`);
  return { bytes, type, version: createHash('sha256').update(bytes).digest('base64url') };
}

const unreadable = (detail: string) => new Problem('invalid-fields', detail);
