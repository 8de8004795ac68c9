import { Module } from '@nestjs/common';
import { BatchWriter } from './ledger/batch-writer.ts';
import { Ledger } from './ledger/ledger.ts';
import { AvailabilityController } from './levels/availability.controller.ts';
import { AvailabilityRepository } from './levels/availability.repository.ts';
import { LevelController } from './levels/level.controller.ts';
import { LevelRepository } from './levels/level.repository.ts';
import { MovementController } from './movements/movement.controller.ts';
import { MovementRepository } from './movements/movement.repository.ts';
import { MovementService } from './movements/movement.service.ts';
import { BulkStock } from './bulk-stock.ts';
import { ReservationController } from './reservations/reservation.controller.ts';
import { ReservationRepository } from './reservations/reservation.repository.ts';
import { ReservationService } from './reservations/reservation.service.ts';
import { StockService } from './stock.service.ts';

/** Levels, movements and reservations: the only code that changes a level. */
@Module({
  controllers: [AvailabilityController, LevelController, MovementController, ReservationController],
  providers: [
    AvailabilityRepository,
    BatchWriter,
    Ledger,
    LevelRepository,
    MovementRepository,
    MovementService,
    BulkStock,
    ReservationRepository,
    ReservationService,
    StockService,
  ],
  exports: [BulkStock, ReservationService, StockService],
})
export class StockModule {}
