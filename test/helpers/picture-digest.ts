/**
 * Pictures that must be the same bytes in every JavaScript engine.
 *
 * This file runs as it is in Node and in a page.
 */
import { Alea } from '../../core/alea.ts';
import { createState } from '../../core/dynamics.ts';
import { hashBytes } from '../../core/hash.ts';
import { rasterize } from '../../core/raster/rasterize.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { countedFromZero } from '../../core/spaces/rows.ts';
import { sample } from '../../core/spaces/sample.ts';
import { envEntries, makeDynamics } from '../../envs/registry.ts';
import { AreaResizer } from '../../envs/wrappers/image.ts';

/** A hash of pictures of every world that has rules, at their start and some steps later. */
export function pictureDigest(): string {
  let hash = 0;
  for (const { id, create } of envEntries()) {
    if (create === undefined) continue;
    const world = makeDynamics(id);
    const rng = new Alea(1, id);
    const state = createState(world);
    const space = countedFromZero(world.actionSpace);
    world.reset(state, rng);
    for (let t = 0; t < 4; t++) {
      const theme = t % 2 === 0 ? 'light' : 'dark';
      const picture = rasterize(world.scene(state), { width: 100 + 7 * t, theme });
      const small = new Uint8Array(3 * 20 * 20);
      new AreaResizer({ ...picture, channels: 3 }, { height: 20, width: 20 }).resize(
        picture.pixels,
        small,
      );
      hash = hashBytes(small, hashBytes(picture.pixels, hash));
      if (world.isTerminal(state)) break;
      world.step(state, legalAction(world, state, space, rng) as never, rng);
    }
  }
  return hash.toString(16);
}

function legalAction(
  world: ReturnType<typeof makeDynamics>,
  state: ReturnType<typeof createState>,
  space: Space,
  rng: Alea,
): ElementOf<Space> {
  const mask = new Uint8Array(space.kind === 'discrete' ? space.n : 0).fill(1);
  world.actionMask?.(state, mask);
  for (;;) {
    const action = sample(space, rng);
    if (typeof action !== 'number' || mask[action] === 1) return action;
  }
}
