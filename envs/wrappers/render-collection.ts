import { resolveOptions } from '../../core/check.ts';
import type { Env, ResetOptions, Start, Step } from '../../core/env.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import type { Picture } from '../../core/raster/picture.ts';
import {
  RASTERIZE_DEFAULTS,
  type RasterizeOptions,
  rasterize,
} from '../../core/raster/rasterize.ts';
import { rasterTheme } from '../../core/raster/theme.ts';
import { checkSavedHeader, type SavedData, savedHeader, savedObject } from '../../core/saved.ts';
import type { Scene } from '../../core/scene.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { wrappedSpec } from './wrap-env.ts';
import type { EnvWrapperKind } from './wrapper.ts';

/** Which scenes are kept, and how they are drawn. */
export interface RenderCollectionOptions extends RasterizeOptions {
  /** Whether scenes that have been handed out are forgotten. Default true. */
  readonly popFrames?: boolean;
  /** Whether `reset` forgets the scenes of episodes before. Default true. */
  readonly resetClean?: boolean;
}

/** The options of `RenderCollection` where none are given. */
export const RENDER_COLLECTION_DEFAULTS: Required<RenderCollectionOptions> = {
  popFrames: true,
  resetClean: true,
  ...RASTERIZE_DEFAULTS,
};

const NAME = 'render-collection';

/**
 * An env that keeps the scene of each step, to be handed out as pictures or as scenes.
 *
 *     const env = new RenderCollection(make('CartPole-v1'));
 *     env.reset({ seed: 7 });
 *     for (let t = 0; t < 5; t++) env.step(t % 2);
 *     env.render(); // 6 pictures
 *
 * What is kept is no part of a snapshot, and stays when one is restored.
 *
 * Source: Gymnasium 1.4, `RenderCollection`, render mode `rgb_array_list`.
 */
export class RenderCollection<O extends Space = Space, A extends Space = Space>
  implements Env<O, A>
{
  /** The env inside. */
  readonly env: Env<O, A>;
  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly spec: EnvSpec | null;
  readonly options: Required<RenderCollectionOptions>;
  #scenes: Scene[] = [];

  /** @throws RangeError if an option is unknown or out of range. */
  constructor(env: Env<O, A>, options: RenderCollectionOptions = {}) {
    this.env = env;
    this.observationSpace = env.observationSpace;
    this.actionSpace = env.actionSpace;
    this.options = resolveOptions(NAME, RENDER_COLLECTION_DEFAULTS, options);
    this.spec = wrappedSpec(env.spec, NAME, this.options);
    rasterTheme(this.options.theme);
  }

  reset(options?: ResetOptions): Start<O> {
    const start = this.env.reset(options);
    if (this.options.resetClean) this.#scenes = [];
    this.#keep();
    return start;
  }

  step(action: ElementOf<A>): Step<O> {
    const step = this.env.step(action);
    this.#keep();
    return step;
  }

  /** The scenes since the last time, or since the start, as pictures. */
  render(): Picture[] {
    const { width, height, theme } = this.options;
    return this.scenes().map((scene) => rasterize(scene, { width, height, theme }));
  }

  /** The scenes since the last time, or since the start. */
  scenes(): readonly Scene[] {
    const scenes = this.#scenes;
    this.#scenes = this.options.popFrames ? [] : scenes.slice();
    return scenes;
  }

  actionMask(): Uint8Array | null {
    return this.env.actionMask();
  }

  scene(): Scene {
    return this.env.scene();
  }

  snapshot(): SavedData {
    return { ...savedHeader(NAME, 1), inner: this.env.snapshot() };
  }

  restore(saved: SavedData): void {
    checkSavedHeader(`${NAME}.restore`, saved, NAME, 1);
    this.env.restore(savedObject(`${NAME}.restore`, saved, 'inner'));
  }

  #keep(): void {
    const scene = this.env.scene();
    // Pixels may be a view of the state, which changes.
    const hasPixels = scene.kind === 'screen' || scene.kind === 'image';
    this.#scenes.push(hasPixels ? { ...scene, pixels: scene.pixels.slice() } : scene);
  }
}

/** `RenderCollection` as specs name it. */
export const RENDER_COLLECTION: EnvWrapperKind<RenderCollectionOptions> = {
  name: NAME,
  description: 'Keeps the scene of each step, to be handed out as pictures.',
  defaults: RENDER_COLLECTION_DEFAULTS,
  env: (inner, options) => new RenderCollection(inner, options),
};
