import sql from 'sql-template-tag';
import type { TestApi } from '../../../../test/support/api.ts';

/** What a report is about, put into the database as it would be after movements; `at` is PostgreSQL's words for a time. */
export class Stock {
  private readonly items = new Map<string, string>();
  private readonly locations = new Map<string, string>();

  constructor(private readonly api: TestApi) {}

  async item(sku: string, more: object = {}): Promise<string> {
    const { body } = await this.api.operator.post('/items', { sku, name: `The ${sku}`, ...more });
    this.items.set(sku, body.id as string);
    return body.id as string;
  }

  async location(code: string): Promise<string> {
    const known = (await this.api.viewer.get(`/locations?code=${code}`)).body.items[0];
    const { id } = known ?? (await this.api.operator.post('/locations', { code, name: code })).body;
    this.locations.set(code, id as string);
    return id as string;
  }

  async level(sku: string, code: string, onHand: number, reserved = 0): Promise<void> {
    await this.api.database.query(sql`
      INSERT INTO stock_level (item_id, location_id, on_hand, reserved)
      VALUES (${this.items.get(sku)}, ${this.locations.get(code)}, ${onHand}, ${reserved})`);
  }

  async hold(sku: string, code: string, quantity: number, seconds: number): Promise<void> {
    await this.api.database.query(sql`
      WITH made AS (
        INSERT INTO reservation (expires_at, actor_id)
        VALUES (now() + make_interval(secs => ${seconds}), '00000000-0000-7000-8000-000000000000') RETURNING id)
      INSERT INTO reservation_line (reservation_id, line_no, item_id, location_id, quantity)
      SELECT id, 1, ${this.items.get(sku)}, ${this.locations.get(code)}, ${quantity} FROM made`);
  }

  async movement(at: string, ...lines: [sku: string, code: string, delta: number, after: number][]): Promise<void> {
    await this.api.database.query(sql`
      WITH made AS (
        INSERT INTO movement (id, type, actor_id, created_at)
        VALUES (uuidv7(), 'receipt', '00000000-0000-7000-8000-000000000000', ${at}::text::timestamptz) RETURNING seq)
      INSERT INTO movement_line (movement_seq, line_no, item_id, location_id, delta, on_hand_after)
      SELECT seq, n, item_id, location_id, delta, after FROM made, unnest(
        ${lines.map(([sku]) => this.items.get(sku))}::uuid[], ${lines.map(([, code]) => this.locations.get(code))}::uuid[],
        ${lines.map(([, , delta]) => delta)}::bigint[], ${lines.map(([, , , after]) => after)}::bigint[]
      ) WITH ORDINALITY AS line(item_id, location_id, delta, after, n)`);
  }
}
