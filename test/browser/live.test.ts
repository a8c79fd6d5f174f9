import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setStage } from './stage.ts';
import type { ViewerPage } from './viewer.ts';

const LIVE = 'lake/episodes/live.rlrec';

let stage: Stage;
let page: ViewerPage;

beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => page.close());
afterAll(() => stage.close());

/** Number of the shown episode in its run, as the title says. */
const shownEpisode = async (): Promise<number> => {
  const text = (await page.page.locator('.title').textContent()) ?? '';
  return Number(/episode ([\d\u202f]+)/.exec(text)?.[1].replaceAll('\u202f', ''));
};

/** Trains on, until the newest episode is another one. */
const trainOn = (): void => {
  stage.runs.live.train(200);
  stage.runs.live.publish();
};

describe('a live run', () => {
  test('is followed: new episodes are shown as they come', async () => {
    page = await stage.watch(LIVE, 't=0');
    const live = page.page.locator('.live');
    await live.waitFor();
    const before = await shownEpisode();
    await page.press('End');
    expect(await live.getAttribute('aria-pressed')).toBe('true');
    expect(await page.fragment()).toContain('follow=1');
    await page.screenshot('live-following');
    trainOn();
    await expect.poll(shownEpisode, { timeout: 10_000 }).toBeGreaterThan(before);
    expect((await page.state()).following).toBe(true);
    const later = await shownEpisode();
    trainOn();
    await expect.poll(shownEpisode, { timeout: 20_000 }).toBeGreaterThan(later);
    expect(page.problems).toEqual([]);
  });

  test('is left by any scrub, which says how far it is behind', async () => {
    page = await stage.watch(LIVE, 't=0');
    await page.page.locator('.live').waitFor();
    await page.press('End', 'ArrowLeft');
    expect((await page.state()).following).toBe(false);
    const shown = await shownEpisode();
    trainOn();
    await page.page.locator('.behind').waitFor();
    expect(await page.page.locator('.live').textContent()).toMatch(/LIVE ▸ \d+ behind/);
    await page.screenshot('live-behind');
    expect(await shownEpisode()).toBe(shown); // what is looked at stays
    await page.page.locator('.live').click();
    await expect.poll(shownEpisode, { timeout: 10_000 }).toBeGreaterThan(shown);
    expect(page.problems).toEqual([]);
  });

  test('has a learning curve that grows', async () => {
    page = await stage.watch('lake/episodes/best.rlrec', 't=0');
    const curve = page.page.getByRole('img', { name: /Mean return over/ });
    await curve.waitFor();
    const before = await curve.getAttribute('aria-label');
    stage.runs.live.train(20_000);
    await expect.poll(() => curve.getAttribute('aria-label'), { timeout: 10_000 }).not.toBe(before);
    expect(page.problems).toEqual([]);
  });

  test('stays open when the server goes away', async () => {
    page = await stage.watch(LIVE, 't=1');
    await page.page.locator('.live').waitFor();
    await stage.server.close();
    await page.page.getByText('offline').waitFor();
    await page.press('ArrowRight', 'v');
    expect((await page.state()).step).toBe(2);
    expect(await page.drawn('agent')).toHaveLength(1);
    const failures = page.problems.filter((text) => !/WebSocket|ERR_CONNECTION_REFUSED/.test(text));
    expect(failures).toEqual([]); // only the browser says that it could not connect
  });
});
