import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import {
  CreateAdjustment, CreateCount, CreateIssue, CreateMovement, CreateReceipt, CreateTransfer, ListMovements, Movement,
  type MovementInput, ReverseMovement,
} from '#contracts'; // prettier-ignore
import { Access } from '#service';
import { type Context, Ctx } from '../../http/context.ts';
import { Documented } from '../../http/documented.ts';
import { UuidPipe } from '../../http/uuid.pipe.ts';
import { MovementService } from './movement.service.ts';

const inputs = [CreateReceipt, CreateIssue, CreateTransfer, CreateAdjustment, CreateCount];

@ApiTags('Movements')
@Controller('movements')
export class MovementController {
  constructor(private readonly movements: MovementService) {}

  @Get()
  @Access('viewer')
  @Documented('List the ledger', { page: Movement })
  list(@Query() query: ListMovements) {
    return this.movements.list(query);
  }

  @Post()
  @Access('operator')
  @ApiExtraModels(...inputs)
  @ApiBody({ schema: { oneOf: inputs.map((type) => ({ $ref: getSchemaPath(type) })) } })
  @Documented('Post a movement', {
    status: 201,
    type: Movement,
    problems: ['insufficient-stock', 'unexpected-level', 'conflict'],
    once: true,
  })
  post(@Ctx() context: Context, @Body() movement: CreateMovement) {
    return this.movements.post(context, movement as MovementInput);
  }

  @Get(':id')
  @Access('viewer')
  @Documented('One movement, with all of its lines', { type: Movement, problems: ['not-found'] })
  get(@Param('id', UuidPipe) id: string) {
    return this.movements.get(id);
  }

  @Post(':id/reverse')
  @Access('operator')
  @Documented('Undo a movement', {
    status: 201,
    type: Movement,
    problems: ['not-found', 'conflict', 'insufficient-stock'],
    once: true,
  })
  reverse(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Body() body: ReverseMovement) {
    return this.movements.reverse(context, id, body);
  }
}
