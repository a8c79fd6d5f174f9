import { describe, expect, test } from 'vitest';
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphRuns } from '../../core/raster/font.ts';
import { createPicture, type Picture } from '../../core/raster/picture.ts';
import { pictureSize, rasterize, rasterizeInto } from '../../core/raster/rasterize.ts';
import { rasterTheme } from '../../core/raster/theme.ts';
import type { GridScene, ScreenScene, Shape, ShapesScene, Tile } from '../../core/scene.ts';

const LIGHT = rasterTheme('light');
const BACKGROUND = LIGHT.roles.background;

/** The color of a pixel as 0xrrggbb. */
function at({ width, pixels }: Picture, x: number, y: number): number {
  const [red, green, blue] = pixels.subarray(3 * (y * width + x));
  return (red << 16) | (green << 8) | blue;
}

/** How much of a pixel black covers where the rest is white, 0 … 1. */
function ink(picture: Picture, x: number, y: number): number {
  return 1 - (at(picture, x, y) & 255) / 255;
}

/** Ink of all pixels together. */
function inkOf(picture: Picture): number {
  let sum = 0;
  for (let i = 0; i < picture.pixels.length; i += 3) sum += 1 - picture.pixels[i] / 255;
  return sum;
}

/** Black shapes on white, a pixel a unit, y upward from the lower edge. */
function drawn(shapes: readonly Shape[], width: number = 20, height: number = 20): Picture {
  const view = { left: 0, bottom: 0, width, height };
  const paper = { kind: 'rectangle', x: width / 2, y: height / 2, width, height } as const;
  const scene: ShapesScene = {
    kind: 'shapes',
    view,
    shapes: [{ ...paper, color: '#ffffff' }, ...shapes],
  };
  return rasterize(scene, { width, height });
}

const color = '#000000';
const line = (points: number[], width: number): Shape => ({ kind: 'line', points, width, color });
const polygon = (points: number[]): Shape => ({ kind: 'polygon', points, color });

describe('shapes', () => {
  test('cover pixels by the share that lies within them', () => {
    const box = drawn([{ kind: 'rectangle', x: 5, y: 15, width: 5, height: 3, color }]);
    // From x = 2.5 to 7.5; from y = 13.5 to 16.5, which is 3.5 to 6.5 from above.
    expect(ink(box, 3, 4)).toBe(1);
    expect(ink(box, 2, 4)).toBeCloseTo(0.5, 2);
    expect(ink(box, 7, 4)).toBeCloseTo(0.5, 2);
    expect(ink(box, 3, 3)).toBeCloseTo(0.5, 2);
    expect(ink(box, 2, 3)).toBeCloseTo(0.25, 2);
    expect(ink(box, 1, 4)).toBe(0);
    expect(ink(box, 8, 4)).toBe(0);
    expect(inkOf(box)).toBeCloseTo(15, 0);
    expect(at(box, 2, 4)).toBe(0x808080); // 127.5, rounded
  });

  test('have their area: rotated rectangles, circles, polygons, lines with round ends', () => {
    const half = Math.PI / 5;
    const x = 10.3;
    const y = 9.6;
    expect(
      inkOf(drawn([{ kind: 'rectangle', x, y, width: 8, height: 4, rotation: half, color }])),
    ).toBeCloseTo(32, 0);
    expect(inkOf(drawn([{ kind: 'circle', x, y, radius: 6, color }])) / (36 * Math.PI)).toBeCloseTo(
      1,
      2,
    );
    expect(inkOf(drawn([polygon([2, 2, 18, 2, 10, 17])]))).toBeCloseTo(120, 0);
    expect(inkOf(drawn([line([4, 4, 16, 13], 3)])) / (45 + 2.25 * Math.PI)).toBeCloseTo(1, 2);
  });

  test('turn counterclockwise, y upward', () => {
    const up = { kind: 'rectangle', x: 10, y: 10, width: 16, height: 2, color } as const;
    const turned = drawn([{ ...up, rotation: Math.PI / 4 }]);
    expect(ink(turned, 14, 5)).toBe(1); // up on the right
    expect(ink(turned, 5, 14)).toBe(1);
    expect(ink(turned, 5, 5)).toBe(0);
    expect(ink(turned, 14, 14)).toBe(0);
  });

  test('are filled whichever way their outline winds', () => {
    const there = [3, 3, 17, 5, 12, 16];
    const back = [12, 16, 17, 5, 3, 3];
    expect(drawn([polygon(there)])).toEqual(drawn([polygon(back)]));
  });

  test('have their corners where lines of samples are, too', () => {
    // Lines of samples are at 1/8, 3/8, 5/8 and 7/8 of a pixel.
    const right = drawn([polygon([2, 2, 18, 9.875, 2, 18])]);
    expect(Array.from({ length: 6 }, (_, i) => ink(right, 5, 7 + i))).toEqual([1, 1, 1, 1, 1, 1]);
    const left = drawn([polygon([18, 2, 2, 9.875, 18, 18])]);
    expect(Array.from({ length: 6 }, (_, i) => ink(left, 14, 7 + i))).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('fill what their outline winds around twice', () => {
    // A pentagram: its middle too.
    const star = [10, 19, 15, 2, 1, 12.5, 19, 12.5, 5, 2];
    expect(ink(drawn([polygon(star)]), 10, 10)).toBe(1);
  });

  test('lie on whole lines of samples without gaps or overlaps between neighbors', () => {
    const left = polygon([2, 2, 10, 2, 7, 18, 2, 18]);
    const right = polygon([10, 2, 18, 2, 18, 18, 7, 18]);
    expect(inkOf(drawn([left])) + inkOf(drawn([right]))).toBeCloseTo(256, 0);
  });

  test('cover a pixel of a line once, however many of its pieces do', () => {
    const whole = drawn([line([3, 4.3, 17, 15.7], 2.6)]);
    const pieces = drawn([line([3, 4.3, 10, 10, 6.5, 7.15, 17, 15.7], 2.6)]);
    const most = Math.max(...whole.pixels.map((part, i) => Math.abs(part - pieces.pixels[i])));
    expect(most).toBeLessThanOrEqual(8); // rounding of where the samples meet the edge
    const back = drawn([line([17, 15.7, 3, 4.3], 2.6)]);
    expect(back).toEqual(whole);
  });

  test('that would be thinner than a pixel are a pixel thick', () => {
    const thin = drawn([line([5, 5.5, 15, 5.5], 1e-6)]);
    expect(ink(thin, 10, 14)).toBe(1);
  });

  test('are drawn in their order, later ones above', () => {
    const disk = (color: Shape['color']): Shape => ({
      kind: 'circle',
      x: 10,
      y: 10,
      radius: 5,
      color,
    });
    expect(at(drawn([disk('agent'), disk('goal')]), 10, 10)).toBe(LIGHT.roles.goal);
  });

  test('may lie outside the picture', () => {
    const far = { kind: 'circle', x: -100, y: 500, radius: 20, color } as const;
    expect(inkOf(drawn([far, line([-50, 10, 70, 10], 2), polygon([-9, -9, -5, 40, -2, 8])]))).toBe(
      40,
    );
  });

  test('without points draw nothing', () => {
    expect(inkOf(drawn([line([], 2), polygon([])]))).toBe(0);
  });

  test('keep their proportions in a picture of others, with background beside them', () => {
    const scene: ShapesScene = {
      kind: 'shapes',
      view: { left: -1, bottom: -1, width: 2, height: 2 },
      shapes: [{ kind: 'rectangle', x: 0, y: 0, width: 2, height: 2, color }],
    };
    const wide = rasterize(scene, { width: 30, height: 10 });
    expect([9, 10, 19, 20].map((x) => at(wide, x, 5))).toEqual([BACKGROUND, 0, 0, BACKGROUND]);
    const high = rasterize(scene, { width: 10, height: 30 });
    expect([9, 10, 19, 20].map((y) => at(high, 5, y))).toEqual([BACKGROUND, 0, 0, BACKGROUND]);
  });
});

describe('text', () => {
  const text = (words: string, size: number, x = 20, y = 20): Shape => ({
    kind: 'text',
    x,
    y,
    text: words,
    size,
    color,
  });

  test('stands in whole dots around its middle', () => {
    // Size 20: letters of 14 pixels, dots of 2; an I is three dots wide at its foot.
    const picture = drawn([text('I', 20)], 40, 40);
    const inked = (y: number) =>
      Array.from({ length: 40 }, (_, x) => x).filter((x) => ink(picture, x, y) === 1);
    expect(inked(13)).toEqual([17, 18, 19, 20, 21, 22]);
    expect(inked(18)).toEqual([19, 20]);
    expect(inked(26)).toEqual([17, 18, 19, 20, 21, 22]);
    expect(inked(12)).toEqual([]);
    expect(inked(27)).toEqual([]);
  });

  test('has capitals of 0.72 of its size, in whole dots, and a dot between letters', () => {
    const rows = (size: number) => {
      const picture = drawn([text('II', size)], 40, 40);
      const lines = Array.from({ length: 40 }, (_, y) =>
        Array.from({ length: 40 }, (_, x) => x).filter((x) => ink(picture, x, y) > 0),
      );
      return lines.filter((columns) => columns.length > 0);
    };
    expect(rows(16)).toHaveLength(7); // 1.6 pixels a dot
    expect(rows(20)).toHaveLength(14);
    // 22 pixels around 20: the first letter's foot is at dots 1 … 3, the second one's at 7 … 9.
    expect(rows(20)[0]).toEqual([...[11, 12, 13, 14, 15, 16], ...[23, 24, 25, 26, 27, 28]]);
  });

  test('of small size keeps its place, and fades', () => {
    const small = drawn([text('MMM', 6)], 40, 40);
    const large = drawn([text('MMM', 12)], 40, 40);
    expect(inkOf(small)).toBeGreaterThan(10);
    expect(inkOf(small)).toBeLessThan(inkOf(large));
  });

  test('shows a box for a letter that the font lacks, and nothing for a space', () => {
    expect(inkOf(drawn([text(' ', 20)], 40, 40))).toBe(0);
    expect(drawn([text('漢', 20)], 40, 40)).toEqual(drawn([text('\u0007', 20)], 40, 40));
    expect(inkOf(drawn([text('漢', 20)], 40, 40))).toBe(4 * 20);
  });

  test('has a letter of its own for everything that can be typed, and for signs of the field', () => {
    const letters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
    const shapes = [...letters, ...'°−×±·…²½→←πθεγ∞♠♥♦♣'].map((letter) =>
      JSON.stringify(glyphRuns(letter)),
    );
    expect(new Set(shapes).size).toBe(shapes.length);
    for (const letter of letters) {
      for (const { row, from, to } of glyphRuns(letter)) {
        expect(row >= 0 && row < GLYPH_HEIGHT && from >= 0 && from < to && to <= GLYPH_WIDTH).toBe(
          true,
        );
      }
    }
  });
});

describe('a board', () => {
  const tiles: Tile[] = [
    'floor',
    'ice',
    'wall',
    'start',
    'goal',
    'hole',
    'cliff',
    'floor',
    'floor',
  ];
  const board: GridScene = { kind: 'grid', rows: 3, columns: 3, tiles, tokens: [] };
  const cell = 20;
  const middle = (row: number, column: number) =>
    [column * cell + cell / 2, row * cell + cell / 2] as const;
  const side = 3 * cell;
  const picture = (scene: Partial<GridScene>) =>
    rasterize({ ...board, ...scene }, { width: side, height: side });

  test.each(['light', 'dark'] as const)('tells the kinds of tiles apart when %s', (theme) => {
    const grounds = Object.values(rasterTheme(theme).tiles);
    expect(new Set(grounds).size).toBe(7);
    const shown = rasterize(board, { width: side, height: side, theme });
    tiles.forEach((tile, i) => {
      const corner = at(shown, (i % 3) * cell + 1, Math.floor(i / 3) * cell + cell - 2);
      expect(corner, tile).toBe(rasterTheme(theme).tiles[tile]);
    });
  });

  test.each(['light', 'dark'] as const)('tells them apart without color, %s', (theme) => {
    const { texture } = rasterTheme(theme);
    const large = rasterize(board, { width: 144, height: 144, theme });
    tiles.slice(0, 7).forEach((tile, i) => {
      let inked = 0;
      for (let y = 0; y < 48; y++) {
        for (let x = 0; x < 48; x++) {
          const pixel = at(large, (i % 3) * 48 + x, Math.floor(i / 3) * 48 + y);
          if (pixel === texture[tile]) inked++;
        }
      }
      expect(inked, tile).toBeGreaterThan(0);
    });
    const small = rasterize(board, { width: 30, height: 30, theme });
    expect(at(small, 25, 15)).toBe(texture.hole); // whose edge is all that tells it from a wall
  });

  test('leaves a hairline between cells, unless they are small', () => {
    const shown = picture({});
    expect(at(shown, cell, 10)).toBe(BACKGROUND);
    expect(at(shown, cell - 1, 10)).toBe(BACKGROUND);
    const small = rasterize(board, { width: 9, height: 9 });
    expect(at(small, 2, 1)).toBe(LIGHT.tiles.floor);
    expect(at(small, 3, 0)).toBe(LIGHT.tiles.ice);
  });

  test('is in the middle of a picture of other proportions, in whole pixels', () => {
    const wide = rasterize(board, { width: 100, height: 64 }); // cells of 21
    expect(at(wide, 17, 31)).toBe(BACKGROUND);
    expect(at(wide, 20, 40)).toBe(LIGHT.tiles.start);
    expect(at(wide, 19, 40)).toBe(BACKGROUND); // the hairline before the first cell
    expect(at(wide, 80, 31)).toBe(LIGHT.tiles.hole);
    expect(at(wide, 81, 31)).toBe(BACKGROUND);
  });

  test('shows an agent in its cell, and which way it faces', () => {
    const agent = (facing?: readonly [number, number]) =>
      picture({
        tokens: [{ kind: 'agent', row: 2, column: 1, ...(facing ? { facing } : {}) }],
      });
    const [x, y] = middle(2, 1);
    const plain = agent();
    expect(at(plain, x, y)).toBe(LIGHT.roles.agent);
    const colors = Array.from({ length: side * side }, (_, i) =>
      at(plain, i % side, Math.floor(i / side)),
    );
    expect(colors).not.toContain(LIGHT.roles.accent); // an agent is no object
    expect(at(agent([0, 0]), x, y)).toBe(LIGHT.roles.agent);
    const right = agent([1, 0]);
    expect(at(right, x + 1, y)).toBe(LIGHT.outline);
    expect(at(right, x - 3, y)).toBe(LIGHT.roles.agent);
    const up = agent([0, -2]);
    expect(at(up, x, y - 1)).toBe(LIGHT.outline);
    expect(at(up, x, y + 2)).toBe(LIGHT.roles.agent);
  });

  test('shows an agent even where a cell is a pixel or less', () => {
    const tiny = rasterize(
      { ...board, tokens: [{ kind: 'agent', row: 1, column: 1 }] },
      { width: 3, height: 3 },
    );
    const [red, green] = [at(tiny, 1, 1) >> 16, (at(tiny, 1, 1) >> 8) & 255];
    expect(red - green).toBeGreaterThan(90); // most of the pixel has its color
  });

  test('shows objects with their letter, and small beside an agent that carries them', () => {
    const box = { kind: 'object', row: 2, column: 1, label: 'box' } as const;
    const large = rasterize({ ...board, tokens: [box] }, { width: 150, height: 150 });
    expect(at(large, 75 - 9, 125 - 9)).toBe(LIGHT.roles.accent);
    const middleOfB = Array.from({ length: 15 }, (_, i) => at(large, 68 + i, 125));
    expect(middleOfB).toContain(LIGHT.outline);
    const agent = { kind: 'agent', row: 2, column: 1 } as const;
    const carried = rasterize({ ...board, tokens: [box, agent] }, { width: 150, height: 150 });
    expect(at(carried, 75, 125)).toBe(LIGHT.roles.agent);
    expect(at(carried, 75 + 18, 125 - 8)).toBe(LIGHT.roles.accent);
    const apart = { ...agent, column: 0 };
    const beside = rasterize({ ...board, tokens: [box, apart] }, { width: 150, height: 150 });
    expect(at(beside, 75 - 9, 125 - 9)).toBe(LIGHT.roles.accent);
  });

  test('shows walls on the sides that they stand on', () => {
    const shown = picture({
      walls: [
        { row: 0, column: 0, side: 'right' },
        { row: 2, column: 1, side: 'below' },
      ],
    });
    expect(at(shown, cell, 10)).toBe(LIGHT.roles.text);
    expect(at(shown, 2 * cell, 10)).toBe(BACKGROUND);
    expect(at(shown, 30, 3 * cell - 1)).toBe(LIGHT.roles.text);
    expect(at(shown, 10, 3 * cell - 1)).toBe(BACKGROUND);
  });

  test('shows labels in the corners of cells that are wide enough for them', () => {
    const labels = ['A', '', '', '', '', '', '', '', ''];
    const colors = (scene: Partial<GridScene>, width: number) => {
      const shown = rasterize({ ...board, ...scene }, { width, height: width });
      let inked = 0;
      for (let y = 0; y < width / 3; y++) {
        for (let x = 0; x < width / 3; x++) {
          if (at(shown, x, y) === LIGHT.roles.text) inked++;
        }
      }
      return inked;
    };
    const dots = glyphRuns('A').reduce((sum, { from, to }) => sum + to - from, 0);
    expect(colors({ labels }, 60)).toBe(dots);
    expect(colors({ labels: ['−100', ...labels.slice(1)] }, 60)).toBe(0);
    expect(colors({ labels }, 39)).toBe(0);
  });

  test('shows labels in white on dark tiles, and in place of the S of a start', () => {
    const cell = (tile: Tile, ink: number) => {
      const scene = { ...board, rows: 1, columns: 1, tiles: [tile], tokens: [], labels: ['I'] };
      const shown = rasterize(scene, { width: 60 });
      let inked = 0;
      for (let y = 0; y < 20; y++)
        for (let x = 0; x < 20; x++) if (at(shown, x, y) === ink) inked++;
      return inked;
    };
    const dots = cell('floor', LIGHT.roles.text);
    expect(dots).toBeGreaterThan(0);
    for (const tile of ['hole', 'cliff', 'wall'] as const) {
      expect(cell(tile, LIGHT.outline), tile).toBe(dots);
    }
    expect(cell('start', LIGHT.roles.text)).toBe(dots);
    expect(cell('start', LIGHT.texture.start)).toBe(0);
  });
});

describe('a screen', () => {
  const screen: ScreenScene = {
    kind: 'screen',
    width: 2,
    height: 2,
    pixels: Uint8Array.of(0, 1, 2, 9),
    palette: ['#ff0000', 'goal', '#0000ff'],
  };
  const red = 0xff0000;
  const { goal } = LIGHT.roles;

  test('is drawn pixel for pixel, roles in the theme, wrong indices black', () => {
    const shown = rasterize(screen);
    expect([at(shown, 0, 0), at(shown, 1, 0), at(shown, 0, 1), at(shown, 1, 1)]).toEqual([
      ...[red, goal, 0xff, 0],
    ]);
  });

  test('is enlarged by whole numbers in the middle of a larger picture', () => {
    const shown = rasterize(screen, { width: 7, height: 5 });
    expect(Array.from({ length: 7 }, (_, x) => at(shown, x, 1))).toEqual([
      ...[BACKGROUND, red, red, goal, goal, BACKGROUND, BACKGROUND],
    ]);
    expect(at(shown, 2, 4)).toBe(BACKGROUND);
  });

  test('becomes smaller by leaving pixels out', () => {
    const pixels = Uint8Array.from({ length: 16 }, (_, i) => i % 3);
    const shown = rasterize({ ...screen, width: 4, height: 4, pixels }, { width: 2, height: 2 });
    expect([at(shown, 0, 0), at(shown, 1, 0), at(shown, 0, 1)]).toEqual([red, 0xff, 0xff]);
  });

  test('in full color is an image', () => {
    const pixels = Uint8Array.of(1, 2, 3, 254, 255, 0);
    const shown = rasterize({ kind: 'image', width: 2, height: 1, pixels }, { width: 4 });
    expect(shown).toMatchObject({ width: 4, height: 2 });
    expect([0, 1, 2, 3].map((x) => at(shown, x, 1))).toEqual([
      ...[0x010203, 0x010203, 0xfeff00, 0xfeff00],
    ]);
  });
});

describe('the picture', () => {
  const view = { left: 0, bottom: 0, width: 6, height: 2 };
  const shapes: ShapesScene = { kind: 'shapes', view, shapes: [] };
  const board: GridScene = {
    kind: 'grid',
    rows: 2,
    columns: 20,
    tiles: new Array(40).fill('floor'),
    tokens: [],
  };

  test('is as large as suits the scene, or as one side says, or as both do', () => {
    expect(pictureSize(shapes)).toEqual({ width: 400, height: 133 });
    expect(pictureSize(shapes, { width: 60 })).toEqual({ width: 60, height: 20 });
    expect(pictureSize(shapes, { height: 60 })).toEqual({ width: 180, height: 60 });
    expect(pictureSize(shapes, { width: 5, height: 60 })).toEqual({ width: 5, height: 60 });
    expect(pictureSize(board)).toEqual({ width: 400, height: 40 });
    expect(pictureSize({ ...board, columns: 2, tiles: [] })).toEqual({ width: 96, height: 96 });
    expect(pictureSize({ ...board, columns: 900, tiles: [] })).toEqual({ width: 900, height: 2 });
    const screen = { kind: 'screen', width: 7, height: 5, palette: [] } as const;
    expect(pictureSize({ ...screen, pixels: new Uint8Array(35) })).toEqual({ width: 7, height: 5 });
  });

  test('is drawn over whole where one is given', () => {
    const target = createPicture(50, 30);
    target.pixels.fill(77);
    const { pixels } = target;
    rasterizeInto(board, target, 'dark');
    expect(target).toEqual(rasterize(board, { width: 50, height: 30, theme: 'dark' }));
    expect(target.pixels).toBe(pixels);
  });

  test('says what is wrong, before anything is drawn', () => {
    expect(() => rasterize(shapes, { width: 0 })).toThrow(
      'rasterize: width must be an integer from 1 to 8192, got 0.',
    );
    expect(() => rasterize(shapes, { theme: 'drak' as never })).toThrow(
      'rasterize: theme must be one of light, dark, got "drak". Did you mean "dark"?',
    );
    expect(() => rasterize(shapes, { widht: 3 } as never)).toThrow('Did you mean "width"?');
    const target = { width: 2, height: 2, pixels: new Uint8Array(11) };
    expect(() => rasterizeInto(shapes, target)).toThrow(
      'rasterizeInto: target: pixels must have length 12, got 11.',
    );
    const wrong = { ...shapes, shapes: [{ ...line([1, 1], 1), color: 'pink' as never }] };
    expect(() => rasterize(wrong)).toThrow(
      /a color must be #rrggbb or one of background, .*"pink"/,
    );
  });
});
