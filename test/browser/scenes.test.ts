import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hexToRgb } from '../../viewer/color/rgb.ts';
import { SCREEN } from './arcade.ts';
import { row, type Stage, setStage } from './stage.ts';
import { launch, ViewerPage } from './viewer.ts';

const POLE = 'pole/episodes/best.rlrec';
const BANDIT = 'bandit/episodes/last.rlrec';

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

describe('a recorded cart-pole', () => {
  test('has its cart at the recorded position, at every step', async () => {
    const pole = await stage.episode(POLE);
    page = await stage.watch(POLE, 't=0');
    const size = await page.page.locator('.pane').boundingBox();
    if (size === null) throw new Error('the pane must be there');
    const [track] = await page.drawn('line:line'); // 6 m long
    const scale = (track.points[2] - track.points[0]) / 6;
    for (const step of [0, 40, 100, 160, 226]) {
      await page.page.getByRole('slider', { name: 'Step' }).fill(String(step));
      await page.settled();
      const [position, , angle] = row(pole, 'state', step);
      const [cart] = await page.drawn('rectangle:agent');
      expect(cart.x - size.width / 2, `step ${step}`).toBeCloseTo(position * scale, 0);
      expect(cart.bounds.width / cart.bounds.height).toBeCloseTo(0.5 / 0.3, 1); // undistorted
      const [pivotX, pivotY, tipX, tipY] = (await page.drawn('line:accent'))[0].points;
      expect(pivotY - tipY, 'the pole stands up').toBeGreaterThan(0.9 * scale);
      expect((tipX - pivotX) / scale).toBeCloseTo(Math.sin(angle), 1);
      const [pixel] = await page.pixels([{ x: cart.x, y: cart.y }]);
      expect(pixel).toEqual(hexToRgb(cart.color));
    }
  });

  test('lists what the agent thinks', async () => {
    const pole = await stage.episode(POLE);
    page = await stage.watch(POLE, 't=40');
    const lines = await page.page.locator('.actions tbody tr').allTextContents();
    const [left, right] = row(pole, 'q', 40).map((value) => value.toFixed(3));
    expect(lines[0]).toContain(left);
    expect(lines[1]).toContain(right);
  });
});

describe('a recorded bandit', () => {
  test('has a mark for each estimate, at its place on the axis of the rewards', async () => {
    const step = 150;
    const bandit = await stage.episode(BANDIT);
    page = await stage.watch(BANDIT, `t=${step}&ov=q,g`);
    const estimates = row(bandit, 'q', step);
    const values = row(bandit, 'state', step).slice(0, 10);
    const marks = await page.drawn('estimate');
    const trueValues = (await page.drawn('line:text')).map((line) => line.points[1]);
    const arms = [
      ...(await page.drawn('rectangle:goal')),
      ...(await page.drawn('rectangle:surface')),
    ];
    expect(marks).toHaveLength(10);
    // The chart's own marks of the true values tell where a reward lies on the pane.
    const [first, last] = [
      values.indexOf(Math.min(...values)),
      values.indexOf(Math.max(...values)),
    ];
    const scale = (trueValues[first] - trueValues[last]) / (values[last] - values[first]);
    marks.forEach((mark, arm) => {
      const expected = trueValues[first] - (estimates[arm] - values[first]) * scale;
      expect(mark.y, `arm ${arm}`).toBeCloseTo(expected, 0);
      expect(
        arms.some(({ x }) => Math.abs(x - mark.x) < 1),
        `arm ${arm}`,
      ).toBe(true);
    });
    const counts = (await page.drawn('count')).map((mark) => Number(mark.text));
    expect(counts).toEqual(row(bandit, 'visits', step));
  });
});

describe('a recorded screen of a world that nobody knows', () => {
  test('shows every pixel of every step', async () => {
    page = await stage.watch('arcade.rlrec', 'ep=1&t=0');
    for (const step of [0, 1, 5]) {
      await page.page.getByRole('slider', { name: 'Step' }).fill(String(step));
      await page.settled();
      const [screen] = await page.drawn('screen');
      const side = screen.bounds.width / SCREEN;
      expect(side).toBe(Math.floor(side)); // enlarged by a whole factor
      expect(await page.drawn('frame')).toHaveLength(1);
      const centers = Array.from({ length: SCREEN * SCREEN }, (_, i) => ({
        x: screen.bounds.left + ((i % SCREEN) + 0.5) * side,
        y: screen.bounds.top + (Math.floor(i / SCREEN) + 0.5) * side,
      }));
      const colors = await page.pixels(centers);
      const ball = colors.findIndex(([red]) => red === 255);
      expect(ball, `step ${step}`).toBe(step * SCREEN + 1);
      expect(colors[99]).toEqual([0x30, 0x60, 0xc0]);
      expect(colors[50]).toEqual([0x10, 0x18, 0x20]);
    }
  });
});

describe('without WebGL', () => {
  test('the same picture is drawn on a plain canvas', async () => {
    const browser = await launch(['--disable-3d-apis']);
    const address = `http://127.0.0.1:${stage.server.port}/?src=lake/episodes/best.rlrec`;
    page = await ViewerPage.open(browser, `${address}#k=${stage.server.token}&watch/t=4`);
    await page.ready();
    expect((await page.state()).renderer).toBe('canvas');
    const cells = await page.drawn('value');
    const shown = await page.pixels(
      cells.map(({ bounds }) => ({ x: bounds.left + 8, y: bounds.top + 8 })),
    );
    expect(shown).toEqual(cells.map((cell) => hexToRgb(cell.color)));
    expect(await page.numColors()).toBeGreaterThan(10);
    await page.screenshot('lake-canvas');
    await page.close();
    await browser.close();
    page = await stage.watch('arcade.rlrec', 'ep=0&t=1');
  });
});
