import { checkInteger, checkOneOf } from '../../../core/check.ts';
import type { Space } from '../../../core/space.ts';
import type { SavedPart } from '../../saved-parts.ts';
import type { FeatureMap } from './feature-map.ts';
import { IndexTable } from './index-table.ts';
import { checkNumFeatures, type PerNumber, resolvePerNumber } from './per-number.ts';
import type { SparseVectors } from './sparse-vectors.ts';
import { type Bounds, UnitScale } from './unit-scale.ts';

/** Several grids of tiles, each a little further; a feature is 1 where its tile is hit. */
export interface TileCoding extends Bounds {
  readonly kind: 'tile-coding';
  /** Grids, at least 1; a power of two, 4 times the numbers of an observation or more, is best. Default 8. */
  readonly tilings?: number;
  /** Tiles that reach from one bound to the other, for each number of an observation. Default 8. */
  readonly tiles?: PerNumber;
  /**
   * How far tiling t lies off the first one, in parts of t tiles / tilings: by 1, 3, 5, … along the
   * numbers of an observation, or by 1 along all (`uniform`). Default `asymmetric`.
   */
  readonly displacement?: 'asymmetric' | 'uniform';
  /**
   * Features there are, for tiles that take one when they are first hit: for observations of many
   * numbers, most of whose tiles never are. When all are taken, tiles share them. 0 has one for each
   * tile. Default 0.
   */
  readonly hashSize?: number;
}

/**
 * Tile coding.
 *
 * A grid has one tile more along each number than `tiles`, as it begins before the lower bound.
 *
 * Source: Sutton & Barto (2018), section 9.5.4; displacements: Miller & Glanz (1996); hashing with an
 * index table: Sutton's tile coding software, version 3.
 */
export class TileCodingMap implements FeatureMap {
  readonly numFeatures: number;
  readonly maxActive: number;
  readonly binary = true;
  readonly memory?: SavedPart;

  readonly #scale: UnitScale;
  readonly #tiles: readonly number[];
  /** Where each tiling begins before the lower bound, in tiles, `[tilings × size]`. */
  readonly #offsets: Float64Array;
  readonly #scaled: Float64Array; // the observation at hand, in tiles from the lower bounds
  readonly #table: IndexTable | null;
  readonly #key: Int32Array; // the tiling, and the place of a tile in it

  /** @throws RangeError if a part of the specification is out of range, or does not fit the space. */
  constructor(where: string, spec: TileCoding, space: Space) {
    const { tilings = 8, tiles = 8, displacement = 'asymmetric', hashSize = 0 } = spec;
    checkInteger(`${where}.tilings`, tilings, 1, 10_000);
    checkInteger(`${where}.hashSize`, hashSize, 0);
    checkOneOf(`${where}.displacement`, displacement, ['asymmetric', 'uniform']);
    this.#scale = new UnitScale(where, space, spec);
    const { size } = this.#scale;
    this.#tiles = resolvePerNumber(`${where}.tiles`, tiles, size, 1);
    this.#offsets = Float64Array.from({ length: tilings * size }, (_, entry) => {
      const [tiling, i] = [Math.floor(entry / size), entry % size];
      const units = displacement === 'uniform' ? 1 : 1 + 2 * i;
      return ((tiling * units) % tilings) / tilings; // whole tiles make no difference
    });
    this.maxActive = tilings;
    const all = tilings * this.#tiles.reduce((product, n) => product * (n + 1), 1);
    this.numFeatures = checkNumFeatures(where, hashSize === 0 ? all : hashSize);
    this.#scaled = new Float64Array(size);
    this.#key = new Int32Array(size + 1);
    this.#table = hashSize === 0 ? null : new IndexTable(hashSize, size + 1);
    if (this.#table) this.memory = this.#table;
  }

  write(
    observations: Float32Array,
    row: number,
    vectors: SparseVectors,
    to: number,
    remember: boolean,
  ): void {
    const { size } = this.#scale;
    const tiles = this.#tiles;
    const key = this.#key;
    const scaled = this.#scaled;
    for (let i = 0; i < size; i++) {
      scaled[i] = this.#scale.unit(observations, row, i) * tiles[i];
    }
    vectors.clear(to);
    for (let tiling = 0; tiling < this.maxActive; tiling++) {
      key[0] = tiling;
      let tile = tiling;
      for (let i = 0; i < size; i++) {
        const place = Math.floor(scaled[i] + this.#offsets[tiling * size + i]);
        key[i + 1] = place;
        tile = tile * (tiles[i] + 1) + place;
      }
      vectors.push(to, this.#table ? this.#table.find(key, remember) : tile, 1);
    }
  }
}
