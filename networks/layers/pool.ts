import { resolveOptions } from '../../core/check.ts';
import type { AnyLayer, LayerDefinition } from './definition.ts';
import { type PoolMethod, runPool } from './run-pool.ts';
import {
  checkPadding,
  type Padding,
  type Pair,
  planSlide,
  resolvePair,
  slideOver,
  type Window,
} from './window.ts';

/** What layers have in common that keep one number of each window, channel by channel. */
export interface Pool extends AnyLayer {
  /** Of the window. */
  readonly size: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
}

/** What a user may say of such a layer beside the window's size. */
export interface PoolOptions {
  /** From one window to the next. Default the window's size: side by side. */
  readonly stride?: number | Pair;
  /** Default `valid`. With `same`, what hangs over the edge does not count. */
  readonly padding?: Padding;
}

interface Fields {
  readonly size?: number | Pair;
  readonly stride?: number | Pair | null;
  readonly padding?: Padding;
}

const DEFAULTS: Required<Fields> = { size: 0, stride: null, padding: 'valid' };

/** What the library knows of a pooling layer. */
export function poolDefinition<K extends string>(
  kind: K,
  method: PoolMethod,
): LayerDefinition<Pool & { readonly kind: K }> {
  return {
    kind,

    resolve(where, options) {
      const given: Fields = options;
      const resolved = resolveOptions(where, DEFAULTS, given);
      const size = resolvePair(`${where}: size`, resolved.size);
      const stride = resolvePair(`${where}: stride`, resolved.stride ?? size);
      checkPadding(`${where}: padding`, resolved.padding);
      return { kind, size, stride, padding: resolved.padding };
    },

    plan(layer, input, planner) {
      const { outputHeight, outputWidth, channels } = planSlide(input, windowOf(layer), planner);
      return { output: [outputHeight, outputWidth, channels], multiplyAdds: 0 };
    },

    build({ layer, input }, wires, workshop) {
      return runPool(method, slideOver(input, windowOf(layer)), wires, workshop);
    },
  };
}

function windowOf({ size, stride, padding }: Pool): Window {
  return { size, stride, dilation: [1, 1], padding };
}
