import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Availabilities, AvailabilityQuery } from '#contracts';
import { Access } from '#service';
import { Documented } from '../../http/documented.ts';
import { AvailabilityRepository } from './availability.repository.ts';

@ApiTags('Stock')
@Controller('availability')
export class AvailabilityController {
  constructor(private readonly availability: AvailabilityRepository) {}

  @Post()
  @HttpCode(200)
  @Access('viewer')
  @Documented('What is available of many items', { type: Availabilities })
  read(@Body() query: AvailabilityQuery) {
    return this.availability.read(query);
  }
}
