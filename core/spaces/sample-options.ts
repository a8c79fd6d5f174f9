import type { AnyBox, Discrete, Space } from '../space.ts';
import type { Dict, Graph, OneOf, Sequence, Tuple } from './composite.ts';
import type { MultiBinary, MultiDiscrete, Text } from './multi.ts';

/**
 * Which elements of a space may be drawn; `null` leaves a part free.
 *
 * | space         | mask                                                                   |
 * | ------------- | ---------------------------------------------------------------------- |
 * | Discrete      | 1 for each integer that may be drawn, 0 for others, `[n]`              |
 * | Box           | none                                                                   |
 * | MultiDiscrete | for each element, row-major, a mask as for Discrete, or `null`         |
 * | MultiBinary   | for each element 0 or 1, what it shall be, or 2 where it is free       |
 * | Text          | the length or `null`, and 1 or 0 for each letter of the alphabet or `null` |
 * | Dict          | a mask for each part; parts left out are free                          |
 * | Tuple, OneOf  | a mask for each part                                                   |
 * | Sequence      | the length, a list of lengths, or `null`; and a mask for every item    |
 * | Graph         | a mask for every node, and one for every edge                          |
 */
export type SampleMask<S extends Space> = S extends Discrete
  ? ArrayLike<number>
  : S extends AnyBox
    ? null
    : S extends MultiDiscrete
      ? readonly (ArrayLike<number> | null)[]
      : S extends MultiBinary
        ? ArrayLike<number>
        : S extends Text
          ? readonly [length: number | null, letters: ArrayLike<number> | null]
          : S extends Dict<infer Parts>
            ? { readonly [Name in keyof Parts]?: SampleMask<Parts[Name]> | null }
            : S extends Tuple<infer Parts> | OneOf<infer Parts>
              ? PartMasks<Parts>
              : S extends Sequence<infer Part>
                ? SequenceMask<Part>
                : S extends Graph<infer Node, infer Edge>
                  ? GraphMask<Node, Edge>
                  : never;

/**
 * With which chance the elements of a space are drawn: built as `SampleMask` is, with a probability
 * where that has a 1 or a 0.
 *
 * Those of a Discrete, of each element of a MultiDiscrete and of the letters of a Text sum to 1;
 * that of an element of a MultiBinary is the chance of a 1.
 */
export type SampleProbability<S extends Space> = SampleMask<S>;

/** How to draw: at most one of the two. */
export interface SampleOptions<S extends Space> {
  /** Which elements may be drawn. Default all. */
  readonly mask?: SampleMask<S> | null;
  /** With which chance. Default evenly. */
  readonly probability?: SampleProbability<S> | null;
}

// Where the parts are not known one by one, the recursion stops at an interface.
type PartMasks<Parts extends readonly Space[]> = number extends Parts['length']
  ? ListOfMasks<Parts[number]>
  : { readonly [Index in keyof Parts]: SampleMask<Parts[Index]> | null };

interface ListOfMasks<Part extends Space> extends ReadonlyArray<SampleMask<Part> | null> {}

interface SequenceMask<Part extends Space>
  extends ReadonlyArray<number | ArrayLike<number> | SampleMask<Part> | null> {
  readonly length: 2;
  /** The length. */
  readonly 0: number | ArrayLike<number> | null;
  /** Every item. */
  readonly 1: SampleMask<Part> | null;
}

interface GraphMask<Node extends Space, Edge extends Space | null>
  extends ReadonlyArray<SampleMask<Node> | SampleMask<Extract<Edge, Space>> | null> {
  readonly length: 2;
  /** Every node. */
  readonly 0: SampleMask<Node> | null;
  /** Every edge. */
  readonly 1: SampleMask<Extract<Edge, Space>> | null;
}
