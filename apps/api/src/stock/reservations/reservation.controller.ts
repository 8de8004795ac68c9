import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import {
  CommitReservation,
  CreateReservation,
  ListReservations,
  Movement,
  Reservation,
  UpdateReservation,
} from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../../http/context.ts';
import { Documented } from '../../http/documented.ts';
import { UuidPipe } from '../../http/uuid.pipe.ts';
import { ReservationService } from './reservation.service.ts';

@ApiTags('Reservations')
@Controller('reservations')
export class ReservationController {
  constructor(private readonly reservations: ReservationService) {}

  @Get()
  @Access('viewer')
  @Documented('List reservations', { page: Reservation })
  list(@Query() query: ListReservations) {
    return this.reservations.list(query);
  }

  @Post()
  @Access('operator')
  @Documented('Hold stock for a while', {
    status: 201,
    type: Reservation,
    problems: ['insufficient-stock', 'conflict'],
    once: true,
  })
  create(@Ctx() context: Context, @Body() body: CreateReservation) {
    return this.reservations.create(context, body);
  }

  @Get(':id')
  @Access('viewer')
  @Documented('One reservation', { type: Reservation, problems: ['not-found'] })
  get(@Param('id', UuidPipe) id: string) {
    return this.reservations.get(id);
  }

  @Patch(':id')
  @Access('operator')
  @Documented('Hold it for longer or shorter, or change its reference', {
    type: Reservation,
    problems: ['not-found', 'conflict', 'precondition-failed'],
    once: true,
  })
  update(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Body() changes: UpdateReservation) {
    return this.reservations.update(context, id, changes);
  }

  @Post(':id/commit')
  @Access('operator')
  @ApiBody({ type: CommitReservation, required: false })
  @Documented('Issue what is held, or less of it', {
    status: 201,
    type: Movement,
    problems: ['not-found', 'conflict', 'insufficient-stock'],
    once: true,
  })
  commit(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Body() body: CommitReservation) {
    return this.reservations.commit(context, id, body);
  }

  @Post(':id/release')
  @HttpCode(200)
  @Access('operator')
  @Documented('Give back what is held', { type: Reservation, problems: ['not-found', 'conflict'], once: true })
  release(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.reservations.release(context, id);
  }
}
