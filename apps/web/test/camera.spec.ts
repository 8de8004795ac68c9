import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser } from './support/browser-harness.ts';
import { cameraFlags, writeBarcodeFilm } from './support/fake-camera.ts';
import { scan } from './support/scanner.ts';

const folder = mkdtempSync(join(tmpdir(), 'camera-'));
const film = join(folder, 'barcode.y4m');
const JUG = { sku: 'JUG-01', name: 'Jug, glass', barcode: '4006381333931' };

describeInBrowser(
  'The camera of a browser without a barcode reader of its own',
  (harness) => {
    beforeAll(async () => {
      await writeBarcodeFilm(film, JUG.barcode);
      await harness.system.admin.post('/items', JUG);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('reads a barcode, once while it stays in view, and loads its decoder only then', async () => {
      const { page } = await harness.signIn('operator', '/scan');
      await page.getByText('Ready. Scan at any time').waitFor();
      expect(await page.evaluate(() => 'BarcodeDetector' in globalThis)).toBe(false);
      const decoders: string[] = [];
      page.on('response', (response) => response.url().endsWith('.wasm') && decoders.push(response.url()));
      await scan(page, 'MAIN');
      await page.getByText('Location: MAIN').waitFor();
      expect(decoders).toEqual([]);
      await page.getByRole('switch', { name: 'Camera' }).check({ force: true });
      const quantity = page.getByLabel(`Quantity of ${JUG.name}`);
      await quantity.waitFor();
      expect(await quantity.inputValue()).toBe('1');
      expect(decoders).toHaveLength(1);
    });
  },
  () => cameraFlags(film),
);
