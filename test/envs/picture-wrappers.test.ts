import { describe, expect, test } from 'vitest';
import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env } from '../../core/env.ts';
import { rasterize } from '../../core/raster/rasterize.ts';
import type { ImageScene, Scene } from '../../core/scene.ts';
import { box, discrete } from '../../core/space.ts';
import { dict } from '../../core/spaces/composite.ts';
import { contains } from '../../core/spaces/contains.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { make, makeDynamics } from '../../envs/registry.ts';
import { addRenderObservation } from '../../envs/wrappers/add-render-observation.ts';
import { addWhiteNoise } from '../../envs/wrappers/add-white-noise.ts';
import { grayscaleObservation } from '../../envs/wrappers/grayscale-observation.ts';
import { AreaResizer, grayscale } from '../../envs/wrappers/image.ts';
import { obstructView } from '../../envs/wrappers/obstruct-view.ts';
import { RenderCollection } from '../../envs/wrappers/render-collection.ts';
import { resizeObservation } from '../../envs/wrappers/resize-observation.ts';
import { DODGE_HEIGHT, DODGE_WIDTH, dodge } from '../helpers/dodge.ts';
import { hideDynamics } from '../helpers/hand-written.ts';
import { corridor, pushedPoint } from '../helpers/worlds.ts';

type Dictionary = Readonly<Record<string, Uint8Array>>;

describe('gray observations', () => {
  test('are the gray of the colors, with or without a channel', () => {
    const colors = new DynamicsEnv(dodge()).reset().observation;
    const gray = new Uint8Array(DODGE_HEIGHT * DODGE_WIDTH);
    grayscale(colors, gray);
    for (const [keepChannel, shape] of [
      [false, [DODGE_HEIGHT, DODGE_WIDTH]],
      [true, [DODGE_HEIGHT, DODGE_WIDTH, 1]],
    ] as const) {
      const env = new DynamicsEnv(grayscaleObservation(dodge(), { keepChannel }));
      expect(env.observationSpace).toMatchObject({
        shape,
        dtype: 'uint8',
        low: { 0: 0 },
        high: { 0: 255 },
      });
      expect(Buffer.compare(env.reset().observation, gray)).toBe(0);
    }
  });

  test('need colors', () => {
    expect(() => grayscaleObservation(pushedPoint())).toThrow(
      /grayscale-observation: PushedPoint must have observations that are uint8 images of shape \[height, width, 3\]/,
    );
    const gray = grayscaleObservation(dodge(), { keepChannel: true });
    expect(() => grayscaleObservation(gray)).toThrow('grayscale-observation: Dodge must have');
  });
});

describe('resized observations', () => {
  test('are the observation resized by area, channels kept', () => {
    const colors = new DynamicsEnv(dodge()).reset().observation;
    const small = new Uint8Array(20 * 10 * 3);
    const shape = { height: DODGE_HEIGHT, width: DODGE_WIDTH, channels: 3 };
    new AreaResizer(shape, { height: 20, width: 10 }).resize(colors, small);
    const env = new DynamicsEnv(resizeObservation(dodge(), { shape: [20, 10] }));
    expect(env.observationSpace).toMatchObject({ shape: [20, 10, 3], dtype: 'uint8' });
    expect(Buffer.compare(env.reset().observation, small)).toBe(0);
    const gray = resizeObservation(grayscaleObservation(dodge()));
    expect(gray.observationSpace.shape).toEqual([84, 84]);
  });

  test('say what is wrong', () => {
    expect(() => resizeObservation(dodge(), { shape: [0, 10] })).toThrow(
      'resize-observation: shape[0] must be an integer of at least 1, got 0.',
    );
    expect(() => resizeObservation(dodge(), { shape: [1, 2, 3] })).toThrow(
      'resize-observation: shape must be a list of two integers, got [1, 2, 3].',
    );
    const tenth = { ...dodge(), observationSpace: box(0, 10, { shape: [2, 2], dtype: 'uint8' }) };
    expect(() => resizeObservation(tenth)).toThrow('from 0 to 255');
    const real = { ...dodge(), observationSpace: box(0, 255, { shape: [2, 2] }) } as Dynamics;
    expect(() => resizeObservation(real)).toThrow('uint8 images');
  });
});

describe('pixels as the observation', () => {
  test('are the picture of the scene, at its own size or another', () => {
    const env = addRenderObservation(make('FrozenLake-v1', { seed: 3 }));
    expect(env.observationSpace).toMatchObject({ shape: [192, 192, 3], dtype: 'uint8' });
    const start = env.reset().observation as Uint8Array;
    expect(Buffer.compare(start, rasterize(env.scene()).pixels)).toBe(0);
    const small = addRenderObservation(make('FrozenLake-v1'), { width: 40, theme: 'dark' });
    expect(small.observationSpace).toMatchObject({ shape: [40, 40, 3] });
    const seen = small.reset().observation as Uint8Array;
    const picture = rasterize(small.scene(), { width: 40, theme: 'dark' });
    expect(Buffer.compare(seen, picture.pixels)).toBe(0);
  });

  test('follow the world from step to step', () => {
    const env = addRenderObservation(make('CartPole-v1'), { width: 60 });
    let before = env.reset({ seed: 1 }).observation as Uint8Array;
    for (let t = 0; t < 5; t++) {
      const observation = env.step(t % 2).observation as Uint8Array;
      expect(Buffer.compare(observation, before)).not.toBe(0);
      expect(Buffer.compare(observation, rasterize(env.scene(), { width: 60 }).pixels)).toBe(0);
      before = observation;
    }
  });

  test.each([
    ['pixels', 'state'],
    ['a', 'b'],
    ['b', 'a'],
  ])('stand beside the observation as %s and %s', (renderKey, observationKey) => {
    const plain = make('CartPole-v1');
    const options = { renderOnly: false, renderKey, observationKey, width: 30 };
    const env = addRenderObservation(make('CartPole-v1'), options);
    const { observation } = env.reset({ seed: 4 });
    expect(contains(env.observationSpace, observation)).toBe(true);
    const parts = observation as Dictionary;
    expect(parts[observationKey]).toEqual(plain.reset({ seed: 4 }).observation);
    const { pixels } = rasterize(env.scene(), { width: 30 });
    expect(Buffer.compare(parts[renderKey], pixels)).toBe(0);
  });

  test('are one part more of observations that are parts', () => {
    const space = dict({ a: discrete(3, { start: 5 }), z: box([0, 0], [9, 9]) });
    const world = {
      ...corridor(),
      observationSpace: space,
      observe: (_: Int32Array, observation: Float32Array) => observation.set([2, 7, 8]),
    };
    const env = new DynamicsEnv(addRenderObservation(world, { renderOnly: false, width: 10 }));
    const observation = env.reset().observation as unknown as Dictionary;
    expect(Object.keys(observation)).toEqual(['a', 'pixels', 'z']);
    expect(observation.a).toBe(7);
    expect(observation.z).toEqual(Float32Array.of(7, 8));
    expect(Buffer.compare(observation.pixels, rasterize(env.scene(), { width: 10 }).pixels)).toBe(
      0,
    );
    expect(() => addRenderObservation(world, { renderOnly: false, renderKey: 'z' })).toThrow(
      'add-render-observation: renderKey must be a name that the observations of Corridor lack, got "z".',
    );
  });

  test('come from a hand-written env without disturbing it', () => {
    const inner = hideDynamics(corridor(), { seed: 8 });
    inner.reset();
    inner.step(1);
    const before = inner.snapshot();
    const env: Env = addRenderObservation(inner);
    expect(inner.snapshot()).toEqual(before);
    expect(env.observationSpace).toMatchObject({ shape: [48, 240, 3] });
    const { pixels } = rasterize(corridor().scene(Int32Array.of(2)));
    env.reset({ options: { state: [2] } });
    expect(Buffer.compare(env.step(1).observation as Uint8Array, pixels)).not.toBe(0);
    expect(Buffer.compare(env.step(0).observation as Uint8Array, pixels)).toBe(0);
  });

  test('say what is wrong', () => {
    expect(() => addRenderObservation(corridor(), { width: 0 })).toThrow(
      'rasterize: width must be an integer from 1 to 8192, got 0.',
    );
    expect(() => addRenderObservation(corridor(), { theme: 'blue' as never })).toThrow('theme');
    const same = { renderOnly: false, renderKey: 'x', observationKey: 'x' };
    expect(() => addRenderObservation(corridor(), same)).toThrow(
      'add-render-observation: renderKey and observationKey must differ, got "x" for both.',
    );
  });
});

/** How two pictures differ: pixels that do, and whether each of those is gray in the second. */
function differences(plain: Uint8Array, noisy: Uint8Array): { count: number; gray: boolean } {
  let count = 0;
  let gray = true;
  for (let i = 0; i < plain.length; i += 3) {
    const [red, green, blue] = noisy.subarray(i, i + 3);
    if (red === plain[i] && green === plain[i + 1] && blue === plain[i + 2]) continue;
    count++;
    gray &&= red === green && green === blue;
  }
  return { count, gray };
}

const image = (scene: Scene): ImageScene => {
  if (scene.kind !== 'image') throw new Error(`expected an image, got ${scene.kind}.`);
  return scene;
};

describe('noise on the picture', () => {
  const size = { width: 100, height: 80 };
  const plain = () => rasterize(corridor().scene(Int32Array.of(0)), size).pixels;

  test.each([0, 0.2, 0.6])('replaces about %d of the pixels, and no others', (share) => {
    const noisy = addWhiteNoise(corridorAtStart(), { probabilityOfNoisePerPixel: share, ...size });
    expect(shareOfNoise(noisy)).toBeCloseTo(share, 1);
    const options = { obstructedPixelsRatio: share, obstructionWidth: 1, ...size };
    // Patches of one pixel overlap: 1 − e^−share of the pixels are under one.
    const expected = 1 - Math.exp(-share);
    expect(shareOfNoise(obstructView(corridorAtStart(), options))).toBeCloseTo(expected, 1);
  });

  test('comes in patches of the width that is asked for', () => {
    const options = { obstructedPixelsRatio: 0.01, obstructionWidth: 9, ...size };
    const env = new DynamicsEnv(obstructView(corridorAtStart(), options));
    env.reset();
    env.step(1);
    env.step(0);
    // Nearly one patch: ⌊8000 · 0.01 / 81⌋ is none; of 0.0102 it is one.
    expect(differences(plain(), image(env.scene()).pixels).count).toBe(0);
    const small = { width: 40, height: 40 };
    const one = new DynamicsEnv(
      obstructView(corridorAtStart(), { ...options, ...small, obstructedPixelsRatio: 0.051 }),
    );
    const under = rasterize(corridor().scene(Int32Array.of(0)), small).pixels;
    const areas: number[] = [];
    for (let episode = 0; episode < 40; episode++) {
      one.reset();
      const noisy = image(one.scene()).pixels;
      const changed = Array.from({ length: 1600 }, (_, i) => i).filter((i) =>
        [0, 1, 2].some((channel) => noisy[3 * i + channel] !== under[3 * i + channel]),
      );
      const [width, height] = [(i: number) => i % 40, (i: number) => Math.floor(i / 40)].map(
        (place) => 1 + Math.max(...changed.map(place)) - Math.min(...changed.map(place)),
      );
      expect(width).toBeLessThanOrEqual(9);
      expect(height).toBeLessThanOrEqual(9);
      expect(changed).toHaveLength(width * height); // a rectangle without holes
      areas.push(width * height);
    }
    expect(areas.filter((area) => area === 81).length).toBeGreaterThan(15);
    expect(Math.min(...areas)).toBeLessThan(81); // some are cut off at the edge
    expect(Math.min(...areas)).toBeGreaterThanOrEqual(25); // their middles lie within
  });

  test('is gray where that is asked for, and of all colors where not', () => {
    for (const isNoiseGrayscale of [true, false]) {
      const options = { probabilityOfNoisePerPixel: 0.5, isNoiseGrayscale, ...size };
      const env = new DynamicsEnv(addWhiteNoise(corridorAtStart(), options));
      env.reset();
      const { pixels } = image(env.scene());
      expect(differences(plain(), pixels).gray).toBe(isNoiseGrayscale);
    }
  });

  test('covers the whole range of gray and of colors', () => {
    for (const [isNoiseGrayscale, most] of [
      [true, 251],
      [false, 254],
    ] as const) {
      const options = { probabilityOfNoisePerPixel: 0.999, isNoiseGrayscale, ...size };
      const env = new DynamicsEnv(addWhiteNoise(darkWorld(), options));
      env.reset();
      const { pixels } = image(env.scene());
      const mean = pixels.reduce((sum, part) => sum + part, 0) / pixels.length;
      expect(mean / (most / 2)).toBeCloseTo(1, 1);
      expect(Math.max(...pixels)).toBeLessThanOrEqual(most);
      expect(Math.max(...pixels)).toBeGreaterThan(most - 30);
    }
  });

  test('belongs to the state: the same when drawn again, another with each step and episode', () => {
    const options = { probabilityOfNoisePerPixel: 0.5, ...size };
    const env = new DynamicsEnv(addWhiteNoise(corridorAtStart(), options));
    env.reset();
    const first = image(env.scene()).pixels;
    expect(Buffer.compare(image(env.scene()).pixels, first)).toBe(0);
    const twin = new DynamicsEnv(addWhiteNoise(corridorAtStart(), options));
    twin.restore(env.snapshot());
    expect(Buffer.compare(image(twin.scene()).pixels, first)).toBe(0);
    env.step(1);
    env.step(0); // at the start again
    const later = image(env.scene()).pixels;
    expect(Buffer.compare(later, first)).not.toBe(0);
    env.reset();
    const next = image(env.scene()).pixels;
    expect(Buffer.compare(next, first)).not.toBe(0);
  });

  test('of an episode does not depend on how long the one before was', () => {
    const picture = (steps: readonly number[]) => {
      const env = new DynamicsEnv(addWhiteNoise(corridorAtStart(), size));
      env.reset();
      for (const action of steps) env.step(action);
      env.reset();
      return image(env.scene()).pixels;
    };
    expect(Buffer.compare(picture([]), picture([1, 0, 1]))).toBe(0);
  });

  test('does not disturb what happens', () => {
    const world = pushedPoint();
    const env = new DynamicsEnv(world, { seed: 6 });
    const noisy = new DynamicsEnv(addWhiteNoise(world), { seed: 6 });
    expect(noisy.reset()).toEqual(env.reset());
    // The number that is drawn for the noise comes between the start and the first step.
    const saved = noisy.snapshot();
    env.restore({ ...env.snapshot(), rng: saved.rng as never });
    for (let t = 0; t < 10; t++) {
      expect(noisy.step(Float32Array.of(0.5))).toEqual(env.step(Float32Array.of(0.5)));
    }
  });

  test('is seen by an agent through pixels, in a vector too', () => {
    const seen = addRenderObservation(addWhiteNoise(corridor(), { width: 30, height: 6 }));
    expect(seen.observationSpace).toMatchObject({ shape: [6, 30, 3] });
    const envs = new VectorEnv(seen, { numEnvs: 2, seed: 3 });
    const single = new DynamicsEnv(seen, { seed: 3, stream: 'env/1' });
    const start = single.reset().observation as Uint8Array;
    expect(Array.from(envs.observations.subarray(540))).toEqual(Array.from(start));
    expect(Buffer.compare(start, image(single.scene()).pixels)).toBe(0);
  });

  test('covers screens and images pixel for pixel', () => {
    const env = new DynamicsEnv(addWhiteNoise(dodge(), { probabilityOfNoisePerPixel: 0 }));
    const { observation } = env.reset();
    const { width, height, pixels } = image(env.scene());
    expect([width, height]).toEqual([DODGE_WIDTH, DODGE_HEIGHT]);
    expect(Buffer.compare(pixels, observation)).toBe(0);
  });

  test.each([-0.1, 1, Number.NaN, '0.5' as never])('has a share in [0, 1), not %s', (share) => {
    expect(() => addWhiteNoise(corridor(), { probabilityOfNoisePerPixel: share })).toThrow(
      'add-white-noise: probabilityOfNoisePerPixel must be at least 0 and below 1, got',
    );
    expect(() => obstructView(corridor(), { obstructedPixelsRatio: share })).toThrow(
      'obstruct-view: obstructedPixelsRatio must be at least 0 and below 1, got',
    );
  });

  test('has patches of at least a pixel', () => {
    expect(() => obstructView(corridor(), { obstructionWidth: 0 })).toThrow(
      'obstruct-view: obstructionWidth must be an integer of at least 1, got 0.',
    );
  });

  function shareOfNoise(world: Dynamics): number {
    const env = new DynamicsEnv(world);
    env.reset();
    const { pixels, ...shape } = image(env.scene());
    expect(shape).toEqual({ kind: 'image', ...size });
    return differences(plain(), pixels).count / (size.width * size.height);
  }

  function corridorAtStart() {
    return { ...corridor(), reset: (state: Int32Array) => void state.fill(0) };
  }

  function darkWorld() {
    return {
      ...corridorAtStart(),
      scene: (): ImageScene => ({
        kind: 'image',
        width: 1,
        height: 1,
        pixels: Uint8Array.of(0, 0, 0),
      }),
    };
  }
});

describe('a collection of pictures', () => {
  const lake = () => make('FrozenLake-v1', { seed: 1, options: { slippery: false } });

  test('holds the start and each step, and is empty once it is handed out', () => {
    const plain = lake();
    const env = new RenderCollection(lake(), { width: 20 });
    env.reset();
    plain.reset();
    const expected = [rasterize(plain.scene(), { width: 20 })];
    for (const action of [1, 1, 2]) {
      env.step(action);
      plain.step(action);
      expected.push(rasterize(plain.scene(), { width: 20 }));
    }
    expect(env.render()).toEqual(expected);
    expect(env.render()).toEqual([]);
    env.step(2);
    expect(env.render()).toHaveLength(1);
  });

  test('stays where it is not to be popped, and begins anew with each reset', () => {
    const env = new RenderCollection(lake(), { popFrames: false });
    env.reset();
    env.step(1);
    expect(env.scenes()).toHaveLength(2);
    expect(env.scenes()).toHaveLength(2);
    env.reset();
    expect(env.scenes()).toHaveLength(1);
    const kept = new RenderCollection(lake(), { popFrames: false, resetClean: false });
    kept.reset();
    kept.step(1);
    const [first] = [kept.scenes()];
    kept.reset();
    expect(kept.scenes()).toHaveLength(3);
    expect(first).toHaveLength(2); // what was handed out stays what it was
  });

  test('keeps pixels that the world goes on to change', () => {
    const pixels = Uint8Array.of(0, 0, 0);
    const world = {
      ...corridor(),
      scene: (state: Int32Array): ImageScene => {
        pixels.fill(10 + state[0]);
        return { kind: 'image', width: 1, height: 1, pixels };
      },
    };
    const env = new RenderCollection(new DynamicsEnv(world));
    env.reset({ options: { state: [1] } });
    env.step(1);
    expect(env.render().map((picture) => picture.pixels[0])).toEqual([11, 12]);
  });

  test('passes on everything else, and is named in the spec', () => {
    const env = new RenderCollection(make('MaskedChoice-v0', { seed: 2 }));
    const plain = make('MaskedChoice-v0', { seed: 2 });
    expect(env.reset({ seed: 3 })).toEqual(plain.reset({ seed: 3 }));
    expect(env.actionMask()).toEqual(plain.actionMask());
    expect(env.scene()).toEqual(plain.scene());
    expect(env.spec?.wrappers.map(({ name }) => name)).toEqual(['render-collection']);
    const again = make(env.spec as never);
    expect(again).toBeInstanceOf(RenderCollection);
    const saved = env.snapshot();
    again.restore(saved);
    expect(again.snapshot()).toEqual(saved);
    expect(() => again.restore({ kind: 'env', version: 1 })).toThrow(
      'render-collection.restore: expected saved data of kind "render-collection", got "env".',
    );
  });

  test('says what is wrong with its options', () => {
    expect(() => new RenderCollection(lake(), { popFrame: true } as never)).toThrow(
      'Did you mean "popFrames"?',
    );
    expect(() => new RenderCollection(lake(), { theme: 'x' as never })).toThrow('theme');
  });
});

test.each(['add-render-observation', 'add-white-noise', 'obstruct-view'])(
  '%s is built again from its spec',
  (name) => {
    const env = make('CartPole-v1', { seed: 4, wrappers: [{ name, options: { width: 30 } }] });
    const again = make(JSON.parse(JSON.stringify(env.spec)), { seed: 4 });
    expect(again.spec).toEqual(env.spec);
    expect(again.reset()).toEqual(env.reset());
    expect(again.scene()).toEqual(env.scene());
    expect(makeDynamics(env.spec as never).timeLimit).toBe(500);
  },
);
