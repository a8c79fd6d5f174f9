import { describe, expect, test } from 'vitest';
import { curvesOf } from '../../viewer/episode/curves.ts';
import { availableOverlays, cellsAt, overlayOf } from '../../viewer/episode/overlay-of.ts';
import { replayScene, tableAt, valueAt } from '../../viewer/episode/replay.ts';
import { cellRows, describeStep, stepView } from '../../viewer/episode/step-view.ts';
import { sceneOf, worldOf } from '../../viewer/episode/world.ts';
import { column, lakeReplay } from './episode.ts';

const replay = lakeReplay();
const agentAt = (step: number) => {
  const scene = replayScene(replay, step);
  return scene?.kind === 'grid' ? scene.tokens.map(({ row, column }) => [row, column]) : null;
};

describe('an episode', () => {
  test('shows s_t at step t, and the final state after the last action', () => {
    expect(replay.lastStep).toBe(3);
    expect([0, 1, 2, 3].map(agentAt)).toEqual([[[0, 0]], [[1, 0]], [[2, 0]], [[2, 1]]]);
  });

  test('shows the last state that is there where its end is not known', () => {
    const { manifest, episode, world } = replay;
    const cut = { ...replay, manifest, world, episode: { ...episode, end: null } };
    expect(replayScene(cut, 2)?.kind).toBe('grid');
    expect(replayScene(cut, 3)).toBeNull();
  });

  test('has the return of the rewards before each step', () => {
    expect([...replay.returns]).toEqual([0, 0, 0.25, -0.75]);
  });

  test('has the value that was recorded, else the best action value', () => {
    expect([0, 1, 2, 3].map((step) => valueAt(replay, step))).toEqual([1, 0.5, 3, null]);
    const told = lakeReplay(undefined, [column('value', 'f32', [], Float32Array.of(7, 8, 9))]);
    expect(valueAt(told, 1)).toBe(8);
    const bits = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1);
    const masked = lakeReplay(undefined, [column('action-mask', 'bit', [4], bits)]);
    expect(valueAt(masked, 2)).toBe(1); // the illegal action with 3 does not count
  });

  test('has the table of its step, and at the end the last one', () => {
    expect(tableAt(replay, 1)?.values[4 * 4 + 1]).toBe(0.5);
    expect(tableAt(replay, 2)?.values[4 * 4 + 1]).toBe(0);
    expect(tableAt(replay, 3)).toEqual(tableAt(replay, 2));
  });

  test('becomes curves', () => {
    expect(curvesOf(replay)).toEqual({
      steps: [0, 1, 2, 3],
      rewards: [0, 0.25, -1, null],
      returns: [0, 0, 0.25, -0.75],
      values: [1, 0.5, 3, null],
    });
  });
});

describe('a step', () => {
  test('tells action, reward, return, value and whether it was greedy', () => {
    expect(stepView(replay, 1)).toMatchObject({
      step: 1,
      lastStep: 3,
      action: 'down',
      reward: 0.25,
      returnSoFar: 0,
      value: 0.5,
      greedy: true, // one of two that tie
      outcome: null,
    });
    expect(stepView(replay, 2)).toMatchObject({
      action: 'right',
      greedy: false,
      returnSoFar: 0.25,
    });
  });

  test('lists the actions', () => {
    const { rows } = stepView(replay, 2);
    expect(rows.map(({ label, value, chosen, best }) => [label, value, chosen, best])).toEqual([
      ['left', 3, false, true],
      ['down', 0, false, false],
      ['right', 1, true, false],
      ['up', 0, false, false],
    ]);
  });

  test('at the end says how it ended', () => {
    expect(stepView(replay, 3)).toMatchObject({
      action: null,
      reward: null,
      returnSoFar: -0.75,
      outcome: 'truncated',
    });
  });

  test('can be heard', () => {
    expect(describeStep(stepView(replay, 1))).toBe('step 1, down, reward 0.25, V 0.5');
    expect(describeStep(stepView(replay, 3))).toBe('step 3, truncated, return −0.75');
  });

  test('marks every best action of a pinned cell', () => {
    expect(cellRows(replay, [0, 2, 2, 1]).map((row) => row.best)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('overlays', () => {
  test('are those that the recording has something for', () => {
    const scene = replayScene(replay, 0);
    expect(availableOverlays(replay, scene)).toEqual(['v', 'p', 'q', 'g']);
    expect(availableOverlays(replay, null)).toEqual([]);
  });

  test('show every cell of a table, and only the agent\u2019s where there is none', () => {
    const scene = replayScene(replay, 1);
    if (scene === null) throw new Error('the lake can be drawn');
    expect(cellsAt(replay, 1, scene)).toHaveLength(11);
    const columns = new Map(replay.episode.columns);
    columns.delete('q-table');
    const blind = { ...replay, episode: { ...replay.episode, columns } };
    expect(cellsAt(blind, 1, scene)).toEqual([
      { index: 4, state: 4, actionValues: [0, 0.5, 0, 0.5], value: 0.5 },
    ]);
  });

  test('take the locked range for their colors', () => {
    const scene = replayScene(replay, 1);
    if (scene === null) throw new Error('the lake can be drawn');
    const choice = { overlays: ['v'] as const, range: { low: 0, high: 10 }, selected: null };
    const { grid } = overlayOf(replay, 1, scene, choice, 'light');
    expect(grid).toMatchObject({ values: true, arrows: false, scale: { low: 0, high: 10 } });
    const free = overlayOf(replay, 1, scene, { ...choice, range: null }, 'light').grid;
    expect(free?.scale).toMatchObject({ low: 0, high: 0.5 });
  });
});

describe('a world', () => {
  test('that is not in the registry says so, and is drawn from recorded scenes', () => {
    const spec = { id: 'Nowhere-v0', options: {}, wrappers: [] };
    expect(worldOf(spec).problem).toContain('Nowhere-v0');
    const scenes = ['#ff0000', 'goal', 'nonsense'].map((color) => ({
      kind: 'shapes',
      view: { left: 0, bottom: 0, width: 1, height: 1 },
      shapes: [{ kind: 'circle', x: 0, y: 0, radius: 1, color }],
    }));
    const strange = lakeReplay(spec, [column('scene', 'json', [], scenes)]);
    expect(replayScene(strange, 0)).toEqual(scenes[0]);
    expect(replayScene(strange, 1)).toEqual(scenes[1]);
    expect(replayScene(strange, 2)).toBeNull(); // no such color
    expect(replayScene(strange, 3)).toBeNull();
  });

  test('is not built from options that would fill the memory', () => {
    const spec = { id: 'KArmedBandit-v0', options: { numArms: 1e9 }, wrappers: [] };
    expect(worldOf(spec)).toEqual({
      dynamics: null,
      problem: expect.stringContaining('too large'),
    });
  });

  test('does not draw what is no state of it', () => {
    const world = worldOf({ id: 'FrozenLake-v1', options: {}, wrappers: [] });
    expect(sceneOf(world, [1, 2])).toBeNull();
    expect(sceneOf(world, [Number.NaN, 0, 0])).toBeNull();
  });
});
