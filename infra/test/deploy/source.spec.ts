import { expect, it } from '@jest/globals';
import { sourceUrl } from '../../deploy/local/source.ts';

it.each([
  ['git@github.com:octo/stock.git', 'https://github.com/octo/stock'],
  ['ssh://git@github.com/octo/stock.git', 'https://github.com/octo/stock'],
  ['https://github.com/octo/stock', 'https://github.com/octo/stock'],
  ['https://ada:token@git.example.com:8443/octo/stock.git', 'https://git.example.com:8443/octo/stock'],
  ['https://x-access-token:secret@github.com/octo/stock?token=secret', 'https://github.com/octo/stock'],
  ['/srv/git/stock.git', undefined],
  ['file:///srv/git/stock.git', undefined],
])('labels an image built from the remote %s with the source %s', (remote, source) => {
  expect(sourceUrl(remote)).toBe(source);
});
