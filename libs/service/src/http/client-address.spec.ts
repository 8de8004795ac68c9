import { expect, it } from '@jest/globals';
import { networkOf, normalizeAddress } from './client-address.ts';

it.each([
  ['192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
  ['192.0.2.7:65535', '192.0.2.7', '192.0.2.0/24'],
  ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
  ['[::FFFF:C000:207]:443', '192.0.2.7', '192.0.2.0/24'],
  ['2001:0DB8:0:0012:3:4:5:6', '2001:db8:0:12:3:4:5:6', '2001:db8:0:12::/64'],
  ['2001:db8::12:3', '2001:db8::12:3', '2001:db8::/64'],
  ['[2001:db8::12:3]', '2001:db8::12:3', '2001:db8::/64'],
  ['::1', '::1', '::/64'],
  ['fe80::1%eth0', 'fe80::1', 'fe80::/64'],
  ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4:5:6:c000:207', '1:2:3:4::/64'],
  ['192.0.2.256', '', ''],
  ['127.1', '', ''],
  ['unknown', '', ''],
  ['', '', ''],
])('reads "%s" as the address "%s" in the network "%s"', (text, address, network) => {
  expect(normalizeAddress(text)).toBe(address);
  expect(networkOf(address, 24)).toBe(network);
});

it('leaves an IPv4 address to itself where asked to', () => {
  expect(networkOf('192.0.2.7', 32)).toBe('192.0.2.7');
});
