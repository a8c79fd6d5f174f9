import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Episode } from '../../training/recording/recording.ts';
import { hexToRgb } from '../../viewer/color/rgb.ts';
import { colorOf, rangeOf, scaleFor } from '../../viewer/color/scale.ts';
import { row, type Stage, setStage } from './stage.ts';
import type { ViewerPage } from './viewer.ts';

const LAKE = 'lake/episodes/best.rlrec';
const CLIFF = 'cliff/episodes/last.rlrec';
const HOLES_AND_GOAL = [5, 7, 11, 12, 15]; // of the 4x4 lake
const MOVES = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
]; // left, down, right, up

let stage: Stage;
let page: ViewerPage;
let lake: Episode;

beforeAll(async () => {
  stage = await setStage();
  lake = await stage.episode(LAKE);
});
afterEach(async () => {
  expect(page.problems).toEqual([]);
  await page.close();
});
afterAll(() => stage.close());

/** Q of a state in a recorded table. */
const actionValues = (episode: Episode, step: number, state: number): number[] =>
  row(episode, 'q-table', step).slice(4 * state, 4 * state + 4);

describe('a recorded lake', () => {
  test('shows the agent in the cell of the recorded state, at every step', async () => {
    page = await stage.watch(LAKE, 't=0');
    const tiles = await page.drawn('tile');
    expect(tiles).toHaveLength(16);
    for (let step = 0; step < lake.length; step++) {
      const [cell] = row(lake, 'state', step);
      const [agent] = await page.drawn('agent');
      expect([agent.x, agent.y], `step ${step}`).toEqual([tiles[cell].x, tiles[cell].y]);
      await page.press('ArrowRight');
    }
    const [agent] = await page.drawn('agent');
    const [goal] = lake.end?.finalState ?? [];
    expect([agent.x, agent.y]).toEqual([tiles[goal].x, tiles[goal].y]);
    expect(await page.state()).toMatchObject({ step: lake.length, lastStep: lake.length });
  });

  test('really puts it on the screen', async () => {
    page = await stage.watch(LAKE, 't=2&ov=');
    expect(['webgl', 'webgpu', 'canvas']).toContain((await page.state()).renderer);
    expect(await page.numColors()).toBeGreaterThan(10);
    const [agent] = await page.drawn('agent');
    const radius = agent.bounds.width / 2;
    const [inside] = await page.pixels([{ x: agent.x, y: agent.y + 0.8 * radius }]);
    expect(inside).toEqual(hexToRgb(agent.color));
    const tiles = await page.drawn('tile');
    const corners = tiles.map(({ bounds }) => ({
      x: bounds.left + 6,
      y: bounds.top + bounds.height - 6,
    }));
    const colors = await page.pixels(corners);
    expect(colors).toEqual(tiles.map((tile) => hexToRgb(tile.color)));
    expect(await page.page.locator('.pane canvas').count()).toBe(1);
  });

  test('paints each cell by its value, as the palette says', async () => {
    const step = 4;
    page = await stage.watch(LAKE, `t=${step}`);
    const states = [...Array(16).keys()].filter((state) => !HOLES_AND_GOAL.includes(state));
    const values = states.map((state) => Math.max(...actionValues(lake, step, state)));
    const range = rangeOf(values);
    if (range === null) throw new Error('the lake has values');
    const scale = scaleFor(range, 'light');
    const cells = await page.drawn('value');
    expect(cells.map((cell) => cell.color)).toEqual(values.map((value) => colorOf(scale, value)));
    const shown = await page.pixels(
      cells.map(({ bounds }) => ({ x: bounds.left + 8, y: bounds.top + 8 })),
    );
    expect(shown).toEqual(cells.map((cell) => hexToRgb(cell.color)));
  });

  test('points arrows along the best actions of the recorded table', async () => {
    const step = 5;
    page = await stage.watch(LAKE, `t=${step}&ov=p`);
    const arrows = await page.drawn('arrow');
    const tiles = await page.drawn('tile');
    const drawn = arrows.map(({ x, y, bounds }) => {
      const cell = tiles.findIndex((tile) => tile.x === x && tile.y === y);
      const dx = bounds.left + bounds.width / 2 - x;
      const dy = bounds.top + bounds.height / 2 - y;
      return [cell, Math.abs(dx) > Math.abs(dy) ? [Math.sign(dx), 0] : [0, Math.sign(dy)]];
    });
    const expected = tiles.flatMap((_, cell) => {
      if (HOLES_AND_GOAL.includes(cell)) return [];
      const values = actionValues(lake, step, cell);
      const best = Math.max(...values);
      return MOVES.filter((_move, action) => values[action] === best).map((move) => [cell, move]);
    });
    expect(drawn).toEqual(expected);
  });

  test('shows the four values of a cell on the side that the action moves to', async () => {
    const cliff = await stage.episode(CLIFF);
    page = await stage.watch(CLIFF, 't=3&ov=q,g');
    const triangles = (await page.drawn('action-value')).slice(0, 4); // of state 0
    const values = actionValues(cliff, 3, 0);
    expect(triangles.map((mark) => mark.label)).toEqual(
      values.map((value, action) =>
        expect.stringContaining(`action ${action} −${(-value).toFixed(2)}`),
      ),
    );
    const sides = triangles.map(({ x, y, bounds }) => [
      Math.sign(Math.round(bounds.left + bounds.width / 2 - x)) + 0,
      Math.sign(Math.round(bounds.top + bounds.height / 2 - y)) + 0,
    ]);
    expect(sides).toEqual([
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ]); // up, right, down, left
  });

  test('lists the recorded numbers beside it', async () => {
    const step = 3;
    page = await stage.watch(LAKE, `t=${step}`);
    const cells = await page.page.locator('.actions tbody tr td:nth-child(3)').allTextContents();
    const values = row(lake, 'q', step).map((value) => value.toFixed(3));
    expect(cells).toEqual(values);
    const [action] = row(lake, 'action', step);
    const chosen = page.page.locator('.actions tr.chosen');
    expect(await chosen.count()).toBe(1);
    expect(await chosen.getAttribute('data-action')).toBe(String(action));
    expect(await page.page.locator('.facts').textContent()).toContain('3 / 6');
  });

  test('says how it ended, at its end', async () => {
    page = await stage.watch(LAKE, 't=999');
    expect(await page.page.locator('.facts').textContent()).toContain('terminated');
    await page.page.waitForTimeout(1200);
    expect(await page.page.locator('[aria-live=polite]').textContent()).toBe(
      'step 6, terminated, return 1',
    );
  });

  test('pins a cell by a click and by the list, and lets go of it', async () => {
    page = await stage.watch(LAKE, 't=3');
    const tiles = await page.drawn('tile');
    const position = { x: tiles[14].x, y: tiles[14].y };
    await page.page.locator('.pane').click({ position });
    await page.settled();
    const [pin] = await page.drawn('pin');
    expect([pin.x, pin.y]).toEqual([position.x, position.y]);
    const cells = await page.page.locator('.actions tbody tr td:nth-child(2)').allTextContents();
    expect(cells).toEqual(actionValues(lake, 3, 14).map((value) => value.toFixed(3)));
    expect(await page.fragment()).toContain('sel=cell:3,2');
    await page.press('Escape');
    expect(await page.drawn('pin')).toEqual([]);
    await page.page.getByLabel('State whose actions are listed').selectOption('4');
    expect(await page.fragment()).toContain('sel=cell:1,0');
  });

  test('keeps its colors when the scale is locked', async () => {
    page = await stage.watch(LAKE, 't=0');
    await page.page.getByLabel('Lock the scale').click();
    const locked = (await page.state()).range;
    expect(locked).not.toBeNull();
    await page.press('End');
    expect((await page.state()).range).toEqual(locked);
    expect(await page.fragment()).toContain(`range=${locked?.low}..${locked?.high}`);
    await page.page.getByLabel('Lock the scale').click();
    expect((await page.state()).range).toBeNull();
  });

  test('is the same picture after a visit to the library', async () => {
    page = await stage.watch(LAKE, 't=3');
    const picture = () =>
      page.page.evaluate(() => [...(window.palaestraViewer?.extractPixels()?.pixels ?? [])].join());
    const before = await picture();
    await page.page.getByLabel('Pages').getByText('Library').click();
    await page.page.waitForSelector('.library');
    await page.page.getByLabel('Pages').getByText('Watch').click();
    await page.ready();
    await page.page.waitForTimeout(300);
    expect((await picture()) === before).toBe(true);
  });

  test('switches overlays by key and by button', async () => {
    page = await stage.watch(LAKE, 't=3');
    await page.press('v');
    expect(await page.drawn('value')).toEqual([]);
    await page.press('p', 'g');
    expect(await page.drawn('arrow')).toEqual([]);
    expect(await page.drawn('number')).toEqual([]);
    expect(await page.fragment()).toMatch(/ov=$/);
    await page.page.locator('[data-overlay=q]').click();
    await page.settled();
    expect(await page.drawn('action-value')).toHaveLength(4 * 11);
    expect(await page.fragment()).toMatch(/ov=q$/);
  });
});
