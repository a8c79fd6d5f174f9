import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setStage } from './stage.ts';
import type { ViewerPage } from './viewer.ts';

const POLE = 'pole/episodes/best.rlrec';
const LAKE = 'lake/episodes/best.rlrec';

let stage: Stage;
let page: ViewerPage;

beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  expect(page.problems).toEqual([]);
  await page.close();
});
afterAll(() => stage.close());

describe('playback', () => {
  test('plays in real time, and stops at the end', async () => {
    page = await stage.watch(POLE, 't=0');
    const { lastStep } = await page.state();
    await page.press(' ');
    expect((await page.state()).playing).toBe(true);
    await page.page.waitForTimeout(1000);
    await page.press(' ');
    const { step, playing } = await page.state();
    expect(playing).toBe(false);
    expect(step).toBeGreaterThan(20); // 50 steps a second, on a busy machine
    expect(step).toBeLessThan(110);
    await page.press('6', '4', 'Enter', ' ');
    await page.page.waitForFunction(() => window.palaestraViewer?.state().playing === false);
    expect(await page.state()).toMatchObject({ step: lastStep, speed: 64 });
  });

  test('steps by one and by ten, and goes to both ends', async () => {
    page = await stage.watch(POLE, 't=50');
    const steps: number[] = [];
    for (const key of [
      ...['ArrowRight', 'j', 'ArrowLeft', 'k', 'Shift+ArrowRight', 'Shift+ArrowLeft'],
      ...['Home', 'ArrowLeft', 'End', 'ArrowRight'],
    ]) {
      await page.press(key);
      steps.push((await page.state()).step);
    }
    const last = (await page.state()).lastStep;
    expect(steps).toEqual([51, 52, 51, 50, 60, 50, 0, 0, last, last]);
  });

  test('is scrubbed by the slider', async () => {
    page = await stage.watch(POLE, 't=0');
    const slider = page.page.getByRole('slider', { name: 'Step' });
    await slider.fill('123');
    expect((await page.state()).step).toBe(123);
    expect(await slider.getAttribute('aria-valuetext')).toBe('step 123 of 227');
    expect(await page.fragment()).toContain('t=123');
    await slider.focus();
    await page.press('ArrowRight');
    expect((await page.state()).step).toBe(124);
  });

  test('goes where the curve is clicked', async () => {
    page = await stage.watch(POLE, 't=0');
    const plot = page.page.locator('.chart .u-over').first();
    const box = await plot.boundingBox();
    if (box === null) throw new Error('the chart must be there');
    await page.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.settled();
    const { step, lastStep } = await page.state();
    expect(Math.abs(step - lastStep / 2)).toBeLessThan(4);
    const marker = await page.page.locator('.now-line').first().boundingBox();
    expect(Math.abs((marker?.x ?? 0) - (box.x + box.width / 2))).toBeLessThan(4);
  });

  test('changes its speed by keys, buttons and digits', async () => {
    page = await stage.watch(POLE, 't=0');
    await page.press(']', ']');
    expect((await page.state()).speed).toBe(4);
    await page.press('[', '[', '[');
    expect((await page.state()).speed).toBe(0.5);
    expect(await page.page.locator('.speed').textContent()).toBe('1/2×');
    await page.press('2', '0');
    expect(await page.page.locator('.speed').textContent()).toBe('20_×');
    await page.press('Enter');
    expect((await page.state()).speed).toBe(20);
    await page.page.getByLabel('Slower').click();
    expect((await page.state()).speed).toBe(16);
  });

  test('starts over when it loops', async () => {
    page = await stage.watch(LAKE, 't=4&speed=8');
    await page.press('l', ' ');
    expect((await page.state()).loop).toBe('all');
    await page.page.waitForFunction(() => (window.palaestraViewer?.state().step ?? 9) < 3);
    expect((await page.state()).playing).toBe(true);
  });

  test('lets the agent glide between neighboring cells', async () => {
    page = await stage.watch(LAKE, 't=0&speed=0.25');
    await page.press(' ');
    const places = new Set<string>();
    for (let i = 0; i < 40; i++) {
      const [agent] = await page.drawn('agent');
      places.add(`${Math.round(agent.x)} ${Math.round(agent.y)}`);
      await page.page.waitForTimeout(50);
    }
    expect(places.size).toBeGreaterThan(6);
  });

  test('neither starts by itself nor glides when motion is unwelcome', async () => {
    page = await stage.watch(LAKE, 't=0&play=1', { reducedMotion: 'reduce' });
    expect((await page.state()).playing).toBe(false);
    await page.press(' ');
    const tiles = await page.drawn('tile');
    for (let i = 0; i < 10; i++) {
      const [agent] = await page.drawn('agent');
      expect(tiles.some((tile) => tile.x === agent.x && tile.y === agent.y)).toBe(true);
      await page.page.waitForTimeout(40);
    }
  });

  test('draws nothing while nothing moves', async () => {
    page = await stage.watch(LAKE, 't=2');
    const frames = await page.page.evaluate(async () => {
      let asked = 0;
      const original = window.requestAnimationFrame;
      window.requestAnimationFrame = (callback) => {
        asked++;
        return original(callback);
      };
      await new Promise((resolve) => setTimeout(resolve, 500));
      window.requestAnimationFrame = original;
      return asked;
    });
    expect(frames).toBe(0);
  });

  test('goes through the recordings of a run, and the episodes of a recording', async () => {
    page = await stage.watch('lake/episodes/first.rlrec', 't=0');
    await page.press('Control+ArrowRight');
    await page.ready();
    expect(new URL(page.page.url()).searchParams.get('src')).toBe('lake/episodes/episode-1.rlrec');
    await page.close();
    page = await stage.watch('arcade.rlrec', 'ep=1&t=3');
    await page.press('Control+ArrowRight');
    expect(await page.state()).toMatchObject({ episode: 2, step: 0 });
    await page.press('Control+ArrowRight');
    expect((await page.state()).episode).toBe(2); // there is none after it
    await page.press('Control+ArrowLeft', 'Control+ArrowLeft');
    expect((await page.state()).episode).toBe(0);
  });

  test('leaves the keys alone while something is typed, and Space to a focused button', async () => {
    page = await stage.watch(LAKE, 't=0');
    await page.page.getByLabel('One step forward').focus();
    await page.press(' ');
    expect(await page.state()).toMatchObject({ step: 1, playing: false });
    await page.press('/');
    await page.page.waitForSelector('#search:focus');
    await page.page.keyboard.type('v?q');
    expect(await page.state()).toMatchObject({
      page: 'library',
      filter: 'v?q',
      overlays: ['v', 'p', 'g'],
    });
    expect(await page.page.locator('dialog[open]').count()).toBe(0);
  });

  test('explains its keys', async () => {
    page = await stage.watch(LAKE, 't=0');
    await page.press('?');
    expect(await page.page.locator('dialog[open] h2').textContent()).toBe('Keyboard');
    await page.screenshot('help');
    await page.press('Escape');
    expect(await page.page.locator('dialog[open]').count()).toBe(0);
  });
});

describe('the address', () => {
  test('restores the view after a reload', async () => {
    page = await stage.watch(LAKE, 't=3&ov=v,q&sel=cell:1,2&speed=4&loop=all&theme=dark&pane=2x1');
    const before = await page.state();
    const url = page.page.url();
    expect(url).not.toContain(stage.server.token); // the secret does not stay in the address
    await page.page.reload();
    await page.ready();
    expect(await page.state()).toEqual(before);
    expect(page.page.url()).toBe(url);
    expect(before).toMatchObject({
      step: 3,
      overlays: ['v', 'q'],
      selected: { row: 1, column: 2 },
      speed: 4,
      loop: 'all',
      theme: 'dark',
      unknown: [['pane', '2x1']],
    });
  });

  test('changes with every action, and the back button undoes jumps', async () => {
    page = await stage.watch(POLE, 't=5');
    await page.press('ArrowRight');
    expect(await page.fragment()).toBe('#watch/ep=0&t=6');
    await page.press('Shift+ArrowRight');
    expect(await page.fragment()).toBe('#watch/ep=0&t=16');
    await page.press('End');
    expect(await page.fragment()).toBe('#watch/ep=0&t=227');
    await page.page.goBack();
    await page.settled();
    expect((await page.state()).step).toBe(16);
    await page.page.goBack();
    await page.settled();
    expect((await page.state()).step).toBe(6); // single steps are no entries of their own
    await page.page.goForward();
    await page.settled();
    expect((await page.state()).step).toBe(16);
  });

  test('is rewritten at most once a second while playing', async () => {
    page = await stage.watch(POLE, 't=0');
    const writes = await page.page.evaluate(async () => {
      let count = 0;
      const original = history.replaceState.bind(history);
      history.replaceState = (...all) => {
        count++;
        original(...all);
      };
      window.dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
      await new Promise((resolve) => setTimeout(resolve, 2500));
      return count;
    });
    expect(writes).toBeGreaterThan(0);
    expect(writes).toBeLessThanOrEqual(4);
    expect(await page.fragment()).toContain('play=1');
    await page.press(' ');
    expect(await page.fragment()).toBe(`#watch/ep=0&t=${(await page.state()).step}`);
  });

  test('goes to other recordings and back', async () => {
    page = await stage.watch(LAKE, 't=2');
    await page.page.getByLabel('Pages').getByText('Library').click();
    await page.page.getByRole('button', { name: /arcade/ }).click();
    await page.ready();
    expect(page.page.url()).toContain('src=arcade.rlrec');
    await page.page.goBack();
    await page.page.goBack();
    await page.ready();
    expect(await page.state()).toMatchObject({ step: 2, lastStep: 6 });
    expect(await page.drawn('tile')).toHaveLength(16);
  });
});
