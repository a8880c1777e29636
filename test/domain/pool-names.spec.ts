import { expect, it } from '@jest/globals';
import { poolNameOf } from '../../src/domain/names.js';

it.each([
  'pool-a.contoso.com',
  ' POOL-A.contoso.com ',
  'ApplicationServer:pool-a.contoso.com',
  'service:ApplicationServer:pool-a.contoso.com',
  'service:ApplicationServer:pool-a.contoso.com/0A1B2C3D-0000-4000-8000-000000000001',
  'Service:applicationserver:pool-a.contoso.com/{0a1b2c3d-0000-4000-8000-000000000001}',
])('"%s" is the pool pool-a.contoso.com', (text) => {
  expect(poolNameOf(text)).toBe('pool-a.contoso.com');
});

it('What follows a slash and is no id stays a mistake', () => {
  expect(poolNameOf('pool-a.contoso.com/configuration')).toBe('pool-a.contoso.com/configuration');
});
