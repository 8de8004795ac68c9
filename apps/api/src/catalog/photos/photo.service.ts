import { Injectable } from '@nestjs/common';
import { Problem } from '#service';
import { Database, type Queryable } from '../../database/database.ts';
import type { Context } from '../../http/context.ts';
import { JsonResponse, noContent, ok } from '../../http/json-response.ts';
import { ItemRepository } from '../item.repository.ts';
import { lockForUpdate } from '../versioned-row.ts';
import type { Photo } from './photo-body.ts';
import { PhotoRepository } from './photo.repository.ts';

/** A photo is a part of its item: to put or remove one counts the item's version up, and is recorded as a change of it. */
@Injectable()
export class PhotoService {
  constructor(
    private readonly items: ItemRepository,
    private readonly photos: PhotoRepository,
    private readonly database: Database,
  ) {}

  /** @throws Problem `not-found` */
  async get(id: string): Promise<Photo> {
    const photo = await this.photos.find(id);
    if (!photo) throw new Problem('not-found', `There is no item ${id}, or it has no photo.`);
    return photo;
  }

  /** @returns the item. The photo that it has already changes nothing. */
  put(context: Context, id: string, photo: Photo): Promise<JsonResponse> {
    return this.change(context, id, photo.version, async (tx) => {
      await this.photos.put(tx, id, photo);
    });
  }

  async remove(context: Context, id: string): Promise<JsonResponse> {
    await this.change(context, id, null, (tx) => this.photos.remove(tx, id));
    return noContent();
  }

  /** @throws Problem `not-found`, `conflict` where the item is archived, `precondition-failed` */
  private change(
    context: Context,
    id: string,
    version: string | null,
    work: (tx: Queryable) => Promise<void>,
  ): Promise<JsonResponse> {
    const inOne = async (tx: Queryable) => {
      await lockForUpdate(tx, 'item', id, {}, context.ifMatch);
      if ((await this.photos.versionOf(id, tx)) !== version) {
        await work(tx);
        await this.items.update(tx, context.caller.actorId, id, { photo: version });
      }
      return ok((await this.items.find(id, tx))!);
    };
    return this.database.transaction(inOne, { by: context.by });
  }
}
