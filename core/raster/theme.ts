import { checkOneOf, show } from '../check.ts';
import type { Color, ThemeColor, Tile } from '../scene.ts';

/** The two looks of a picture. */
export type RasterThemeName = 'light' | 'dark';

/** The colors of a look, each 0xrrggbb. */
export interface RasterTheme {
  readonly roles: Readonly<Record<ThemeColor, number>>;
  /** Ground color of each kind of tile. */
  readonly tiles: Readonly<Record<Tile, number>>;
  /** What is drawn on a tile: cracks of ice, bricks, the rim of a hole. */
  readonly texture: Readonly<Record<Tile, number>>;
  /** Ring around tokens, and what is drawn on them. */
  readonly outline: number;
}

const THEMES: Readonly<Record<RasterThemeName, RasterTheme>> = {
  light: {
    roles: {
      background: 0xf6f7f9,
      surface: 0xdfe5ec,
      muted: 0x98a2ae,
      line: 0x4a5564,
      text: 0x18202b,
      agent: 0xd4480b,
      goal: 0x0c7f5f,
      hazard: 0x8d2341,
      accent: 0x2460b5,
      highlight: 0xc58200,
    },
    tiles: {
      floor: 0xe7eaee,
      ice: 0xdceaf4,
      wall: 0x76808d,
      start: 0xe2e4f2,
      goal: 0xcdebdf,
      hole: 0x3a4653,
      cliff: 0x5d4f49,
    },
    texture: {
      floor: 0xdbdfe5,
      ice: 0xb9d3e6,
      wall: 0x626c78,
      start: 0x7d86b5,
      goal: 0x0c7f5f,
      hole: 0x1d252e,
      cliff: 0x7b6a62,
    },
    outline: 0xffffff,
  },
  dark: {
    roles: {
      background: 0x14181e,
      surface: 0x2b333d,
      muted: 0x6b7684,
      line: 0xaab4c0,
      text: 0xe8ecf1,
      agent: 0xff8a4c,
      goal: 0x3ecf9f,
      hazard: 0xf0718f,
      accent: 0x6aa9f7,
      highlight: 0xf2b632,
    },
    tiles: {
      floor: 0x262c34,
      ice: 0x22333f,
      wall: 0x566170,
      start: 0x2a2e44,
      goal: 0x173c33,
      hole: 0x202830,
      cliff: 0x3a2f2b,
    },
    texture: {
      floor: 0x2f3640,
      ice: 0x36505f,
      wall: 0x444e5b,
      start: 0x8f98cc,
      goal: 0x3ecf9f,
      hole: 0x05070a,
      cliff: 0x574842,
    },
    outline: 0x0c0f13,
  },
};

/**
 * The colors of a look.
 *
 * @throws RangeError if there is no such look.
 */
export function rasterTheme(name: RasterThemeName): RasterTheme {
  checkOneOf('rasterize: theme', name, Object.keys(THEMES));
  return THEMES[name];
}

/**
 * A scene's color as 0xrrggbb: a role by its name, a fixed color as it is.
 *
 * @throws RangeError if it is neither.
 */
export function colorNumber(color: Color, { roles }: RasterTheme): number {
  if (/^#[0-9a-f]{6}$/i.test(color)) return Number.parseInt(color.slice(1), 16);
  if (Object.hasOwn(roles, color)) return roles[color as ThemeColor];
  throw new RangeError(
    `rasterize: a color must be #rrggbb or one of ${Object.keys(roles).join(', ')}, got ${show(color)}.`,
  );
}
