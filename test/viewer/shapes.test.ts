import { describe, expect, test } from 'vitest';
import type { ImageScene, ScreenScene, ShapesScene } from '../../core/scene.ts';
import { sceneTheme } from '../../viewer/color/theme.ts';
import { stepsPerSecond } from '../../viewer/playback/speed.ts';
import { layoutScene } from '../../viewer/scene/layout.ts';
import type { Mark } from '../../viewer/scene/mark.ts';
import { screenMarks, screenPixels } from '../../viewer/scene/screen-layout.ts';
import { layoutShapes, paneToWorld, worldToPane } from '../../viewer/scene/shapes-layout.ts';

const theme = sceneTheme('dark');
const pane = { width: 632, height: 232 }; // 600 × 200 within the margin
const view = { left: -3, bottom: -0.5, width: 6, height: 1 };

const marksOf = (scene: ShapesScene): Mark[] =>
  layoutScene(scene, pane, theme).flatMap((layer) => layer.marks);

describe('a drawing in world units', () => {
  const layout = layoutShapes(view, pane);

  test('fits the pane with one scale for both axes', () => {
    expect(layout.scale).toBe(100); // the width decides
    expect(worldToPane(layout, -3, 0.5)).toEqual({ x: 16, y: 66 });
    expect(worldToPane(layout, 3, -0.5)).toEqual({ x: 616, y: 166 });
  });

  test('has y upward', () => {
    const low = worldToPane(layout, 0, -0.25);
    const high = worldToPane(layout, 0, 0.25);
    expect(high.y).toBeLessThan(low.y);
    expect(low.y - high.y).toBeCloseTo(50);
  });

  test('finds its way back', () => {
    const there = worldToPane(layout, 1.25, 0.125);
    expect(paneToWorld(layout, there).x).toBeCloseTo(1.25);
    expect(paneToWorld(layout, there).y).toBeCloseTo(0.125);
  });

  test('turns counterclockwise rotations around, as y points down on the pane', () => {
    const [mark] = marksOf({
      kind: 'shapes',
      view,
      shapes: [
        { kind: 'rectangle', x: 1, y: 0, width: 0.5, height: 0.2, rotation: 0.3, color: 'agent' },
      ],
    });
    expect(mark).toMatchObject({ x: 416, y: 116, width: 50, height: 20, rotation: -0.3 });
    expect(mark.color).toBe(theme.roles.agent);
  });

  test('keeps lines visible however thin they are', () => {
    const [line] = marksOf({
      kind: 'shapes',
      view,
      shapes: [{ kind: 'line', points: [0, 0, 1, 0.5], width: 0.0001, color: 'line' }],
    });
    expect(line).toMatchObject({ x: 316, y: 116, points: [0, 0, 100, -50], width: 1 });
  });

  test('draws shapes in their order', () => {
    const marks = marksOf({
      kind: 'shapes',
      view,
      shapes: [
        { kind: 'circle', x: 0, y: 0, radius: 0.1, color: 'goal' },
        { kind: 'polygon', points: [0, 0, 1, 0, 1, 0.5], color: 'hazard' },
        { kind: 'text', x: 0, y: 0, text: 'hello', size: 0.2, color: 'text' },
      ],
    });
    expect(marks.map((mark) => mark.kind)).toEqual(['circle', 'polygon', 'text']);
    expect(marks[0]).toMatchObject({ radius: 10 });
    expect(marks[2]).toMatchObject({ text: 'hello', size: 20 });
  });
});

describe('estimates on a chart of rewards', () => {
  const scene: ShapesScene = {
    kind: 'shapes',
    view: { left: 0, bottom: -1, width: 6, height: 2 },
    shapes: [],
    actionPositions: [1, 3, 5],
  };
  const draw = (actionValues: number[] | null, visitCounts: number[] | null) =>
    layoutScene(scene, { width: 632, height: 232 }, theme, {
      estimates: { actionValues, visitCounts },
    }).flatMap((layer) => layer.marks);

  test('stand at (position of a, Q(a))', () => {
    const marks = draw([0.5, -0.5, 0], null).filter((mark) => mark.role === 'estimate');
    expect(marks.map(({ x, y }) => [x, y])).toEqual([
      [116, 66],
      [316, 166],
      [516, 116],
    ]);
  });

  test('stay in sight', () => {
    const [mark] = draw([99, 0, 0], null).filter((each) => each.role === 'estimate');
    expect(mark.y).toBe(16);
    expect(mark.label).toBe('action 0: Q 99.0');
  });

  test('come with the counts below', () => {
    const marks = draw(null, [7, 0, 12000]).filter((mark) => mark.role === 'count');
    expect(marks.map((mark) => mark.kind === 'text' && mark.text)).toEqual([
      '7',
      '0',
      '12\u202f000',
    ]);
    expect(marks.every((mark) => mark.y > 190)).toBe(true);
  });
});

describe('an indexed screen', () => {
  const screen: ScreenScene = {
    kind: 'screen',
    width: 3,
    height: 2,
    pixels: Uint8Array.of(0, 1, 2, 2, 9, 0),
    palette: ['#000000', '#ff0000', 'goal'],
  };

  test('becomes red, green, blue and alpha; a wrong index is black', () => {
    expect([...screenPixels(screen, theme)]).toEqual(
      [
        [0, 0, 0, 255],
        [255, 0, 0, 255],
        [62, 207, 159, 255],
        [62, 207, 159, 255],
        [0, 0, 0, 255],
        [0, 0, 0, 255],
      ].flat(),
    );
  });

  test('is enlarged by a whole factor', () => {
    const [frame, picture] = screenMarks(screen, { width: 132, height: 82 }, theme);
    expect(frame).toMatchObject({ width: 104, height: 70 });
    expect(picture).toMatchObject({
      width: 102, // 34 × 3
      height: 68,
      x: 66,
      y: 41,
    });
  });
});

describe('an image', () => {
  const image: ImageScene = {
    kind: 'image',
    width: 1,
    height: 2,
    pixels: Uint8Array.of(1, 2, 3, 250, 251, 252),
  };

  test('is drawn as a screen is, in its own colors', () => {
    const [frame, picture] = screenMarks(image, { width: 132, height: 82 }, theme);
    expect(frame).toMatchObject({ role: 'frame', width: 36, height: 70 });
    expect(picture).toMatchObject({ kind: 'image', label: 'image of 1 × 2 pixels', width: 34 });
    expect(picture.kind === 'image' && [...picture.pixels]).toEqual([
      ...[1, 2, 3, 255],
      ...[250, 251, 252, 255],
    ]);
  });

  test('has a layer of its own in the viewer, and the pace of an arcade game', () => {
    const layers = layoutScene(image, { width: 132, height: 82 }, theme);
    expect(layers.map(({ name, marks }) => [name, marks.length])).toEqual([['screen', 2]]);
    expect(stepsPerSecond(image)).toBe(30);
  });
});
