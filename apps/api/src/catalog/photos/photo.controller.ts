import {
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Put,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Item, MAX_PHOTO_BYTES, photoTypes, ReadPhoto } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../../http/context.ts';
import { Documented } from '../../http/documented.ts';
import { matchesEtag } from '../../http/json-response.ts';
import { UuidPipe } from '../../http/uuid.pipe.ts';
import { readPhoto } from './photo-body.ts';
import { PhotoService } from './photo.service.ts';

const A_YEAR = 'private, max-age=31536000, immutable';

@ApiTags('Items')
@Controller('items/:id/photo')
export class PhotoController {
  constructor(private readonly photos: PhotoService) {}

  @Get()
  @Access('viewer')
  @Documented('The photo of an item', { binary: photoTypes, problems: ['not-found'] })
  async get(
    @Param('id', UuidPipe) id: string,
    @Query() query: ReadPhoto,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { version, type, bytes } = await this.photos.get(id);
    const etag = `"${version}"`;
    // Whatever a browser makes of the bytes, it is an image and nothing that runs.
    reply.headers({ etag, 'content-type': type, 'content-security-policy': "default-src 'none'; sandbox" });
    if (query.version === version) reply.header('cache-control', A_YEAR);
    if (!matchesEtag(known, etag)) return new StreamableFile(bytes, { type, length: bytes.length });
    reply.status(304);
    return '';
  }

  @Put()
  @Access('operator')
  @RouteConfig({ mediaTypes: photoTypes })
  @ApiConsumes(...photoTypes)
  @ApiBody({
    description: `A JPEG, PNG or WebP image of up to ${MAX_PHOTO_BYTES} bytes.`,
    schema: { type: 'string', format: 'binary' },
  })
  @Documented('Give an item a photo, in place of the one that it has', { type: Item, problems: ['not-found', 'conflict', 'precondition-failed', 'invalid-fields'] }) // prettier-ignore
  put(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Req() request: FastifyRequest) {
    return this.photos.put(context, id, readPhoto(request.body));
  }

  @Delete()
  @HttpCode(204)
  @Access('operator')
  @Documented('Remove the photo of an item', {
    status: 204,
    problems: ['not-found', 'conflict', 'precondition-failed'],
  })
  remove(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.photos.remove(context, id);
  }
}
