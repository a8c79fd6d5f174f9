import type { Hex } from '../color/rgb.ts';

/** A place on the pane in CSS pixels, from its upper left corner, y downward. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Width and height in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Placed extends Point {
  /** What the mark stands for: `tile`, `agent`, `value`, `arrow`, …; tests and readers go by it. */
  readonly role: string;
  /** What it says in words, such as `cell 1,2: V 0.62`. */
  readonly label?: string;
  readonly color: Hex;
  /** Opacity, 0 … 1. Default 1. */
  readonly alpha?: number;
}

/**
 * One thing to draw, in CSS pixels.
 *
 * Layout turns a scene into marks, and that is where every decision is made; drawing them is
 * mechanical, in Pixi as on a plain canvas. Points of polygons and lines are relative to `x`, `y`.
 */
export type Mark =
  | (Placed & {
      readonly kind: 'rectangle';
      readonly width: number;
      readonly height: number;
      /** Clockwise, rad. Default 0. */
      readonly rotation?: number;
      /** Of the corners. Default 0. */
      readonly radius?: number;
    })
  | (Placed & { readonly kind: 'circle'; readonly radius: number })
  | (Placed & { readonly kind: 'polygon'; readonly points: readonly number[] })
  | (Placed & { readonly kind: 'line'; readonly points: readonly number[]; readonly width: number })
  | (Placed & {
      readonly kind: 'text';
      readonly text: string;
      /** Font size. */
      readonly size: number;
      readonly bold?: boolean;
    })
  | (Placed & {
      readonly kind: 'image';
      readonly width: number;
      readonly height: number;
      readonly columns: number;
      readonly rows: number;
      /** `[rows × columns × 4]`, red green blue alpha. */
      readonly pixels: Uint8Array;
    });

/** Marks that are drawn together, later ones above; a layer that stays equal is not drawn anew. */
export interface Layer {
  readonly name: string;
  readonly marks: readonly Mark[];
}
