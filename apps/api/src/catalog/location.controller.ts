import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateLocation, Location, ListLocations, UpdateLocation } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../http/context.ts';
import { Documented } from '../http/documented.ts';
import { UuidPipe } from '../http/uuid.pipe.ts';
import { LocationService } from './location.service.ts';

@ApiTags('Locations')
@Controller('locations')
export class LocationController {
  constructor(private readonly locations: LocationService) {}

  @Get()
  @Access('viewer')
  @Documented('List locations', { page: Location })
  list(@Query() query: ListLocations) {
    return this.locations.list(query);
  }

  @Post()
  @Access('operator')
  @Documented('Add a location', { status: 201, type: Location, problems: ['conflict'], once: true })
  create(@Ctx() context: Context, @Body() body: CreateLocation) {
    return this.locations.create(context, body);
  }

  @Get(':id')
  @Access('viewer')
  @Documented('One location', { type: Location, problems: ['not-found'] })
  get(@Param('id', UuidPipe) id: string) {
    return this.locations.get(id);
  }

  @Patch(':id')
  @Access('operator')
  @Documented('Change a location', { type: Location, problems: ['not-found', 'conflict', 'precondition-failed'] })
  update(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Body() changes: UpdateLocation) {
    return this.locations.update(context, id, changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('operator')
  @Documented('Archive a location', { status: 204, problems: ['not-found', 'conflict', 'precondition-failed'] })
  remove(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.locations.remove(context, id);
  }
}
