import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goldenTrainings } from '../helpers/golden-trainings.ts';
import { digests } from './page-digests.ts';
import { launch } from './viewer.ts';

const ENTRY = fileURLToPath(new URL('page-digests.ts', import.meta.url));

/** The trainings as one classic script that leaves `palaestraDigests` in the page. */
async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: ENTRY, formats: ['iife'], name: 'palaestraDigests' },
    },
  });
  const [{ output: chunks }] = [output].flat() as { output: { type: string; code?: string }[] }[];
  return chunks.find(({ type }) => type === 'chunk')?.code ?? '';
}

describe('the same seed gives the same bits in Chromium as in Node', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test('trainings inside the page, networks, pictures, and the elementary functions', async () => {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundle() });
    const inPage = await page.evaluate(() => {
      const scope = globalThis as unknown as { palaestraDigests: { digests(): unknown } };
      return scope.palaestraDigests.digests();
    });
    const here = digests();
    expect(inPage).toEqual(here);
    expect(here.trainings).toEqual(goldenTrainings());
    for (const title of ['Q-learning on FrozenLake', 'random actions on CartPole']) {
      expect(Object.keys(here.recordings[title]).length, title).toBeGreaterThanOrEqual(5);
    }
  });
});
