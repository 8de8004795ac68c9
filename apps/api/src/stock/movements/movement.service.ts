import { Injectable } from '@nestjs/common';
import type { ListMovements, MovementInput, ReverseMovement } from '#contracts';
import type { Context } from '../../http/context.ts';
import { type JsonResponse, ok } from '../../http/json-response.ts';
import { Ledger } from '../ledger/ledger.ts';
import { MovementRepository } from './movement.repository.ts';
import { postMovement } from './post-movement.ts';
import { noMovement, reverseMovement } from './reverse-movement.ts';

@Injectable()
export class MovementService {
  constructor(
    private readonly ledger: Ledger,
    private readonly movements: MovementRepository,
  ) {}

  /** @throws Problem as `Ledger.write` */
  post(context: Context, movement: MovementInput): Promise<JsonResponse> {
    return this.ledger.write(context, postMovement(context, movement));
  }

  list(query: ListMovements): Promise<string> {
    return this.movements.list(query);
  }

  async get(id: string): Promise<JsonResponse> {
    return ok((await this.movements.find(id)) ?? noMovement(id));
  }

  /** Undoes a movement by its opposite. @throws Problem `conflict` where it was undone already */
  async reverse(context: Context, id: string, reversal: ReverseMovement): Promise<JsonResponse> {
    return this.ledger.write(context, reverseMovement(context, id, await this.movements.linesOf(id), reversal));
  }
}
