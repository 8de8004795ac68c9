import type { Schema } from '../../../libs/client/src/index.ts';
import { inputs } from './inputs.ts';
import { type Call, MAX_ROWS, type Tool } from './tool.ts';

type Input<B> = Omit<B, 'type'>;
type MovementBody = Schema['CreateReceipt' | 'CreateIssue' | 'CreateTransfer' | 'CreateCount'];
type WriteInput = (typeof inputs)[
  'CreateReceipt' | 'CreateIssue' | 'CreateTransfer' | 'CreateCount' | 'CreateReservation'];

const REFERENCES: Record<string, 'sku' | 'code'> = { item: 'sku', location: 'code', from: 'code', to: 'code' };

/**
 * What a tool took as the API takes it: `{item: {sku}}` for `item`. Its fields are in one order, because the same idempotency key
 * must come with the same bytes.
 */
function bodyOf(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(bodyOf);
  if (typeof input !== 'object' || input === null) return input;
  const fields = Object.entries(input as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    fields.map(([name, value]) => [name, REFERENCES[name] ? { [REFERENCES[name]]: value } : bodyOf(value)]),
  );
}

const withKey = ({ properties, ...rest }: WriteInput) => ({
  ...rest,
  properties: {
    ...properties,
    idempotencyKey: {
      ...inputs.IdempotencyKey,
      pattern: '^[!-~]+$',
      description:
        'To repeat a call whose result was lost or not known, send its key with the same arguments: it is then booked once. ' +
        'Leave it out for anything new; the result tells the key that was made.',
    },
  },
});

const firstRows = <T, R>(rows: T[], row: (it: T) => R) => ({
  lines: rows.slice(0, MAX_ROWS).map(row),
  ...(rows.length > MAX_ROWS && { furtherLines: rows.length - MAX_ROWS }),
});

const request = ({ header, signal }: Call) => ({ params: { header }, signal });

const replayed = ({ isKeyGiven }: Call, { headers }: Response) =>
  isKeyGiven && headers.has('idempotency-replayed') && { alreadyBookedBefore: true };

const movementTool = (name: string, type: MovementBody['type'], input: WriteInput, description: string): Tool => ({
  name,
  description: `${description} All lines are booked together or none.`,
  input: withKey(input),
  run: async (call, taken: Input<MovementBody>) => {
    const body = bodyOf({ ...taken, type }) as MovementBody;
    const { data, response } = await call.api.POST('/api/v1/movements', { ...request(call), body });
    const row = ({ item, location, delta, onHandAfter }: Schema['MovementLine']) => ({
      ...{ item: item.sku, location: location.code, delta, onHandAfter },
    });
    return { ...replayed(call, response), movement: data.id, ...firstRows(data.lines, row) };
  },
});

/** For a key with the role operator or admin. */
export const writeTools: Tool[] = [
  movementTool('receive_stock', 'receipt', inputs.CreateReceipt, 'Books that items arrived at locations.'),
  movementTool(
    'ship_stock',
    'issue',
    inputs.CreateIssue,
    'Books that items left locations. Refused as a whole where less is available.',
  ),
  movementTool(
    'move_stock',
    'transfer',
    inputs.CreateTransfer,
    'Books that items were moved from one location to another. Refused as a whole where less is available.',
  ),
  movementTool(
    'count_stock',
    'count',
    inputs.CreateCount,
    'Books what a person counted at locations: the level becomes what was counted.',
  ),
  {
    name: 'reserve_stock',
    description:
      'Holds items for a limited time, so that they are not shipped for anything else. All lines are held together or none.',
    input: withKey(inputs.CreateReservation),
    run: async (call, taken: Schema['CreateReservation']) => {
      const body = bodyOf(taken) as Schema['CreateReservation'];
      const { data, response } = await call.api.POST('/api/v1/reservations', { ...request(call), body });
      const row = ({ item, location, quantity }: Schema['ReservationLine']) => ({
        ...{ item: item.sku, location: location.code, quantity },
      });
      return {
        ...replayed(call, response),
        reservation: data.id,
        expiresAt: data.expiresAt,
        ...firstRows(data.lines, row),
      };
    },
  },
];
