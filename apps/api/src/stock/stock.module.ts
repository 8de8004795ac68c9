import { Module } from '@nestjs/common';
import { StockService } from './stock.service.ts';

/** Levels, movements and reservations: the only code that changes a level. */
@Module({ providers: [StockService], exports: [StockService] })
export class StockModule {}
