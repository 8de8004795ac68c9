import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreateItem,
  FacetOptions,
  Item,
  ItemChangeResults,
  ItemFacets,
  ListItems,
  UpdateItem,
  UpdateItems,
} from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../http/context.ts';
import { Documented } from '../http/documented.ts';
import { UuidPipe } from '../http/uuid.pipe.ts';
import { ItemService } from './item.service.ts';

@ApiTags('Items')
@Controller('items')
export class ItemController {
  constructor(private readonly items: ItemService) {}

  @Get()
  @Access('viewer')
  @Documented('List or search the catalogue', { page: Item })
  list(@Query() query: ListItems) {
    return this.items.list(query);
  }

  @Post()
  @Access('operator')
  @Documented('Add an item', { status: 201, type: Item, problems: ['conflict'], once: true })
  create(@Ctx() context: Context, @Body() body: CreateItem) {
    return this.items.create(context, body);
  }

  @Get('facets')
  @Access('viewer')
  @Documented('Suggest categories, units and names of attributes', { type: ItemFacets })
  facets(@Query() query: FacetOptions) {
    return this.items.facets(query);
  }

  @Get(':id')
  @Access('viewer')
  @Documented('One item', { type: Item, problems: ['not-found'] })
  get(@Param('id', UuidPipe) id: string) {
    return this.items.get(id);
  }

  @Patch(':id')
  @Access('operator')
  @Documented('Change an item', { type: Item, problems: ['not-found', 'conflict', 'precondition-failed'] })
  update(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Body() changes: UpdateItem) {
    return this.items.update(context, id, changes);
  }

  @Patch()
  @Access('operator')
  @Documented('Change several items, each by itself or all together', {
    type: ItemChangeResults,
    problems: ['conflict'],
  })
  updateMany(@Ctx() context: Context, @Body() changes: UpdateItems) {
    return this.items.updateMany(context, changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('operator')
  @Documented('Archive an item', { status: 204, problems: ['not-found', 'conflict', 'precondition-failed'] })
  remove(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.items.remove(context, id);
  }
}
