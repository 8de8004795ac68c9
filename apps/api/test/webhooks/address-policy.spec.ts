import { describe, expect, it } from '@jest/globals';
import { AddressPolicy, isNetworkList } from '../../src/webhooks/request/address-policy.ts';

const policy = new AddressPolicy(['127.0.0.0/8', 'fd12::/16']);

describe('webhooks are sent', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '2a00:1450:4001:80b::200e'])('to the public address %s by https, not by http', (address) => {
    expect(policy.violationOf(address, true)).toBeUndefined();
    expect(policy.violationOf(address, false)).toBe('may only be sent to by https');
  }); // prettier-ignore

  it.each(['127.0.0.1', '127.255.0.1', 'fd12::1'])(
    'to %s of a network that is named, by https and by http',
    (address) => {
      expect([policy.violationOf(address, true), policy.violationOf(address, false)]).toEqual([undefined, undefined]);
    },
  );
});

describe('webhooks are not sent to an address that is not public:', () => {
  it.each([
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['100.100.100.200', 'carrierGradeNat'],
    ['169.254.169.254', 'linkLocal'],
    ['168.63.129.16', 'metadata'],
    ['192.0.0.192', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['203.0.113.1', 'reserved'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::2', 'reserved'],
    ['::127.0.0.1', 'ipv4Mapped'],
    ['::ffff:127.0.0.1', 'ipv4Mapped'],
    ['::ffff:8.8.8.8', 'ipv4Mapped'],
    ['64:ff9b::7f00:1', 'rfc6052'],
    ['64:ff9b:1::1', 'rfc6052'],
    ['2002:7f00:1::', '6to4'],
    ['2001:0:1::1', 'teredo'],
    ['fc00::1', 'uniqueLocal'],
    ['fd00:ec2::254', 'uniqueLocal'],
    ['fe80::1', 'linkLocal'],
    ['fe80::1%eth0', 'linkLocal'],
    ['fec0::1', 'deprecatedSiteLocal'],
    ['ff02::1', 'multicast'],
    ['2001:db8::1', 'reserved'],
    ['4000::1', 'reserved'],
  ])('%s (%s)', (address, range) => {
    expect(policy.violationOf(address, true)).toBe(`is not public (${range})`);
  });
});

it.each([
  ['', true],
  ['10.0.0.0/8', true],
  ['10.0.0.0/8,fd00::/8', true],
  ['10.0.0.1', false],
  ['10.0.0.0/33', false],
  ['10.0.0.0/8, 127.0.0.0/8', false],
  ['all', false],
])('WEBHOOK_ALLOWED_NETWORKS=%s is a list of networks: %s', (text, is) => {
  expect(isNetworkList(text)).toBe(is);
});
