import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListStock, StockLevel } from '#contracts';
import { Access } from '#service';
import { Documented } from '../../http/documented.ts';
import { LevelRepository } from './level.repository.ts';

@ApiTags('Stock')
@Controller('stock')
export class LevelController {
  constructor(private readonly levels: LevelRepository) {}

  @Get()
  @Access('viewer')
  @Documented('List stock levels', { page: StockLevel })
  list(@Query() query: ListStock) {
    return this.levels.list(query);
  }
}
