/**
 * What a state looks like, as plain data.
 *
 * A world describes a picture; who draws it (the viewer, a PNG writer, a terminal) is not its
 * concern. Scenes are JSON but for the pixels of screens and images, so they can be recorded.
 */
export type Scene = GridScene | ShapesScene | ScreenScene | ImageScene;

/** A color by its role, which the drawing side themes for light and dark, or a fixed `#rrggbb`. */
export type Color = ThemeColor | `#${string}`;

/** Roles that every theme has a color for. */
export type ThemeColor =
  | 'background'
  | 'surface'
  | 'muted'
  | 'line'
  | 'text'
  | 'agent'
  | 'goal'
  | 'hazard'
  | 'accent'
  | 'highlight';

/** What covers a cell of a grid. */
export type Tile = 'floor' | 'ice' | 'wall' | 'start' | 'goal' | 'hole' | 'cliff';

/** Something that stands on a cell, drawn above its tile. */
export interface Token {
  readonly kind: 'agent' | 'object';
  /** 0 is the top row. */
  readonly row: number;
  /** 0 is the leftmost column. */
  readonly column: number;
  /** What the agent did last: the direction of that action, `[columns, rows]`. */
  readonly facing?: readonly [number, number];
  /** One word for what it is; its first letter is drawn on it. */
  readonly label?: string;
}

/** A thin wall on one side of a cell: what it parts is the cell and its neighbor there. */
export interface GridWall {
  readonly row: number;
  readonly column: number;
  readonly side: 'right' | 'below';
}

/** A board of cells: gridworlds. */
export interface GridScene {
  readonly kind: 'grid';
  readonly rows: number;
  readonly columns: number;
  /** `[rows × columns]`, row-major. */
  readonly tiles: readonly Tile[];
  readonly tokens: readonly Token[];
  /** Walls between neighboring cells; the edge of the board is one anyway. */
  readonly walls?: readonly GridWall[];
  /** `[rows × columns]`: a few letters in a corner of each cell; `''` for none. */
  readonly labels?: readonly string[];
  /** `[rows × columns]`: the observation that an agent in that cell would get; −1 for none. */
  readonly cellObservations?: readonly number[];
  /** For each action the way it moves, `[columns, rows]`: left is `[−1, 0]`, down `[0, 1]`. */
  readonly actionDirections?: readonly (readonly [number, number])[];
  /** One line of text about the state. */
  readonly caption?: string;
}

/** A drawing in the world's own units, y upward: physics and charts. */
export interface ShapesScene {
  readonly kind: 'shapes';
  /** The part of the world that is seen; left, bottom, and size, in world units. */
  readonly view: {
    readonly left: number;
    readonly bottom: number;
    readonly width: number;
    readonly height: number;
  };
  /** Drawn in this order, later ones above. */
  readonly shapes: readonly Shape[];
  /** In a chart whose y axis is the reward: the x at which each action stands, `[numActions]`. */
  readonly actionPositions?: readonly number[];
  readonly caption?: string;
}

/** One shape; positions and lengths in world units, angles in rad counterclockwise. */
export type Shape =
  | {
      readonly kind: 'rectangle';
      /** Center. */
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly rotation?: number;
      readonly color: Color;
    }
  | {
      readonly kind: 'circle';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly color: Color;
    }
  | {
      readonly kind: 'line';
      /** x₀, y₀, x₁, y₁, … */
      readonly points: readonly number[];
      readonly width: number;
      readonly color: Color;
    }
  | {
      readonly kind: 'polygon';
      /** x₀, y₀, x₁, y₁, … */
      readonly points: readonly number[];
      readonly color: Color;
    }
  | {
      readonly kind: 'text';
      /** Middle of the text. */
      readonly x: number;
      readonly y: number;
      readonly text: string;
      /** Height of the letters. */
      readonly size: number;
      readonly color: Color;
    };

/** An indexed-color screen: arcade games. */
export interface ScreenScene {
  readonly kind: 'screen';
  readonly width: number;
  readonly height: number;
  /** Index into the palette for each pixel, `[height × width]`, row-major. */
  readonly pixels: Uint8Array;
  readonly palette: readonly Color[];
  readonly caption?: string;
}

/** A picture in full color: what cannot be said with a palette, such as noise or a camera's view. */
export interface ImageScene {
  readonly kind: 'image';
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, `[height × width × 3]`, row-major. */
  readonly pixels: Uint8Array;
  readonly caption?: string;
}
