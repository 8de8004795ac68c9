/** Values of a path parameter, as they are sent. */
const values = [
  '', '%20', '.', '..', '...', '%2e', '%2e%2e', '%2E%2E%2Fitems', '%2F', '%2f%2f', 'a%2Fb', '%5C', '%00', 'a%00', '%0d%0a', '%zz', '%', '%e2%82', '%ff', '%c0%ae', '%ED%A0%80',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', '0', '-1', '1e309', '99999999999999999999', '{id}', ':id', '*', '%2A', '%3F', '%23', ';', ';a=b', '~', "'", '"', '<script>',
  '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4%00', '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b', '0199A2C4-7D3E-7B1A-9C55-2F60D1E8A7B4', '%30199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4', '{0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4}',
  '0199a2c4%2d7d3e-7b1a-9c55-2f60d1e8a7b4', '0199a2c47d3e7b1a9c552f60d1e8a7b4', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '٠199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4',
  'not-found%20', 'not-found/', 'NOT-FOUND', 'x'.repeat(199), 'x'.repeat(201), 'x'.repeat(15_000), '%41'.repeat(66), '%41'.repeat(5_000), '%C3%A9'.repeat(60), '%F0%9F%98%80'.repeat(45), '\u00ff', '/'.repeat(10_000), '../'.repeat(1_000),
]; // prettier-ignore

/** Names beside what is sent: characters above Latin-1 as UTF-8, percent-encoded. */
export const hostilePathValues: [name: string, value: string][] = values.map((value) => [
  value.slice(0, 40),
  value.replaceAll(/[\s\u0100-\uffff]/g, encodeURIComponent),
]);
