import type { Color, ThemeColor, Tile } from '../../core/scene.ts';
import type { Hex } from './rgb.ts';

/** The two looks of the viewer. */
export type ThemeName = 'light' | 'dark';

/** The colors that scenes are drawn with. */
export interface SceneTheme {
  readonly name: ThemeName;
  /** What each role of a scene's colors stands for. */
  readonly roles: Readonly<Record<ThemeColor, Hex>>;
  /** Ground color of each kind of tile. */
  readonly tiles: Readonly<Record<Tile, Hex>>;
  /** What is drawn on a tile: cracks of ice, bricks, the rim of a hole. */
  readonly texture: Readonly<Record<Tile, Hex>>;
  /** Ring around tokens, so that they stand out on any value's color. */
  readonly outline: Hex;
}

const LIGHT: SceneTheme = {
  name: 'light',
  roles: {
    background: '#f6f7f9',
    surface: '#dfe5ec',
    muted: '#98a2ae',
    line: '#4a5564',
    text: '#18202b',
    agent: '#d4480b',
    goal: '#0c7f5f',
    hazard: '#8d2341',
    accent: '#2460b5',
    highlight: '#c58200',
  },
  tiles: {
    floor: '#e7eaee',
    ice: '#dceaf4',
    wall: '#76808d',
    start: '#e2e4f2',
    goal: '#cdebdf',
    hole: '#3a4653',
    cliff: '#5d4f49',
  },
  texture: {
    floor: '#dbdfe5',
    ice: '#b9d3e6',
    wall: '#626c78',
    start: '#7d86b5',
    goal: '#0c7f5f',
    hole: '#1d252e',
    cliff: '#7b6a62',
  },
  outline: '#ffffff',
};

const DARK: SceneTheme = {
  name: 'dark',
  roles: {
    background: '#14181e',
    surface: '#2b333d',
    muted: '#6b7684',
    line: '#aab4c0',
    text: '#e8ecf1',
    agent: '#ff8a4c',
    goal: '#3ecf9f',
    hazard: '#f0718f',
    accent: '#6aa9f7',
    highlight: '#f2b632',
  },
  tiles: {
    floor: '#262c34',
    ice: '#22333f',
    wall: '#566170',
    start: '#2a2e44',
    goal: '#173c33',
    hole: '#202830',
    cliff: '#3a2f2b',
  },
  texture: {
    floor: '#2f3640',
    ice: '#36505f',
    wall: '#444e5b',
    start: '#8f98cc',
    goal: '#3ecf9f',
    hole: '#05070a',
    cliff: '#574842',
  },
  outline: '#0c0f13',
};

/** The colors of a theme. */
export function sceneTheme(name: ThemeName): SceneTheme {
  return name === 'dark' ? DARK : LIGHT;
}

/** A scene's color in a theme: a role by its name, a fixed color as it is. */
export function resolveColor(color: Color, theme: SceneTheme): Hex {
  return color.startsWith('#') ? (color as Hex) : theme.roles[color as ThemeColor];
}

/** The theme to show: the one asked for, else what the system prefers. */
export function chooseTheme(asked: ThemeName | null, systemIsDark: boolean): ThemeName {
  return asked ?? (systemIsDark ? 'dark' : 'light');
}
