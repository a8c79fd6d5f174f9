import { Alea } from '../../../core/alea.ts';
import { DynamicsEnv } from '../../../core/dynamics-env.ts';
import type { Env, ResetOptions, Start, Step } from '../../../core/env.ts';
import type { EnvSpec } from '../../../core/env-spec.ts';
import { copySavedArray, type SavedData, savedHeader, savedNumber } from '../../../core/saved.ts';
import type { Scene } from '../../../core/scene.ts';
import { box, discrete } from '../../../core/space.ts';
import { sequence } from '../../../core/spaces/composite.ts';
import { mismatch } from '../../../core/spaces/contains.ts';
import { make } from '../../../envs/registry.ts';
import { Courier, type CourierSpace } from '../../helpers/courier.ts';
import type { Defect } from './defect.ts';
import { slider } from './rules.ts';

type Seen = Start<CourierSpace>['observation'];
type Returned = Step<CourierSpace>;

/** Makes couriers with other members. */
function courierWith(changes: Readonly<Record<string, unknown>>): () => Env {
  return () => Object.assign(new Courier(), changes) as unknown as Env;
}

/** Makes couriers of another class. */
function courierOf(Class: new () => unknown): () => Env {
  return () => new Class() as Env;
}

/** Makes couriers that show another mask, and stay where they would leave the corridor. */
function masking(change: (elapsed: number) => unknown): () => Env {
  return courierOf(
    class extends Courier {
      override actionMask(): Uint8Array | null {
        return change(this.elapsed) as Uint8Array | null;
      }

      override step(action: number): Returned {
        return super.step(action === 0 && this.row[0] === 0 ? 2 : action);
      }

      protected override check(action: number): void {
        const problem = mismatch(this.actionSpace, action, 'action');
        if (problem !== null) throw new RangeError(problem);
      }
    },
  );
}

/** Makes couriers whose steps return something else. */
function stepping(change: (step: Returned, elapsed: number) => unknown): () => Env {
  return courierOf(
    class extends Courier {
      override step(action: number): Returned {
        return change(super.step(action), this.elapsed) as Returned;
      }
    },
  );
}

/** Makes couriers that observe something else. */
function observing(change: (seen: Seen, elapsed: number) => unknown): () => Env {
  return courierOf(
    class extends Courier {
      protected override observe(): Seen {
        return change(super.observe(), this.elapsed) as Seen;
      }
    },
  );
}

/** Makes couriers that show something else. */
function showing(change: (scene: Scene, elapsed: number) => unknown): () => Env {
  return courierOf(
    class extends Courier {
      override scene(): Scene {
        return change(super.scene(), this.elapsed) as Scene;
      }
    },
  );
}

/** Makes couriers that begin in another way. */
function beginning(change: (options: ResetOptions, reset: Courier['reset']) => unknown): () => Env {
  return courierOf(
    class extends Courier {
      override reset(options: ResetOptions = {}): Start<CourierSpace> {
        return change(options, (given) => super.reset(given)) as Start<CourierSpace>;
      }
    },
  );
}

/** Makes couriers that save something else. */
function saving(change: (saved: SavedData) => unknown): () => Env {
  return courierOf(
    class extends Courier {
      override snapshot(): SavedData {
        return change(super.snapshot()) as SavedData;
      }
    },
  );
}

class NeverDraws extends Courier {
  override reset(options: ResetOptions = {}): Start<CourierSpace> {
    const start = super.reset(options);
    this.rng = new Alea(0);
    this.row[0] = 1;
    return { ...start, observation: this.observe() };
  }
}

class AnotherBattery extends Courier {
  #battery = 1;

  override reset(options: ResetOptions = {}): Start<CourierSpace> {
    const start = super.reset(options);
    this.#battery = this.#battery > 0.5 ? this.#battery - 0.01 : 1;
    this.row[1] = this.#battery;
    return { ...start, observation: this.observe() };
  }
}

class TheSameSeedAgain extends Courier {
  #seed = 0;

  override reset(options: ResetOptions = {}): Start<CourierSpace> {
    const seed = options.seed === undefined ? this.#seed : options.seed;
    const start = super.reset({ ...options, seed });
    this.#seed = seed;
    return start;
  }
}

class OneBuffer extends Courier {
  readonly #battery = new Float32Array(1);

  protected override observe(): Seen {
    const seen = super.observe();
    this.#battery.set(seen.battery);
    return { ...seen, battery: this.#battery };
  }
}

class ReadsItBack extends Courier {
  #given: Float32Array | null = null;

  override reset(options: ResetOptions = {}): Start<CourierSpace> {
    this.#given = null;
    return super.reset(options);
  }

  override step(action: number): Returned {
    if (this.#given !== null) this.row[1] = this.#given[0];
    return super.step(action);
  }

  override restore(saved: SavedData): void {
    super.restore(saved);
    this.#given = null;
  }

  protected override observe(): Seen {
    this.row[1] = Math.fround(this.row[1]);
    const seen = super.observe();
    this.#given = seen.battery;
    return seen;
  }
}

class OneMask extends Courier {
  readonly #mask = Uint8Array.of(1, 1, 1);

  override actionMask(): Uint8Array {
    this.#mask[0] = this.row[0] === 0 ? 0 : this.#mask[0];
    if (this.row[0] > 0 && this.#mask[0] === 0) this.#mask[0] = 1;
    return this.#mask;
  }
}

class DrawsPictures extends Courier {
  override scene(): Scene {
    this.rng.uniform();
    return super.scene();
  }
}

class GoesOn extends Courier {
  override step(action: number): Returned {
    if (this.elapsed > 0) this.running = true;
    return super.step(action);
  }
}

class StartsByItself extends Courier {
  protected override running = true;
}

class TakesMasked extends Courier {
  protected override check(action: number): void {
    if (action === 0 && this.row[0] === 0) this.row[0] = 1;
    else super.check(action);
  }
}

class TakesHalves extends Courier {
  protected override check(action: number): void {
    if (action !== 0.5) super.check(action);
  }
}

class ChecksLate extends Courier {
  override step(action: number): Returned {
    if (this.running) this.row[1] *= 0.99;
    return super.step(action);
  }
}

/** Two defects, the second of which would hide the first from a checker that copies nothing. */
class LateAndLiving extends ChecksLate {
  override snapshot(): SavedData {
    return { ...super.snapshot(), row: this.row };
  }
}

class LateNoise extends Courier {
  readonly #noise = new Alea(5);

  override step(action: number): Returned {
    const step = super.step(action);
    return this.elapsed < 29 ? step : { ...step, reward: this.#noise.uniform() };
  }
}

let sharedSteps = 0;

class SharesACounter extends Courier {
  override reset(options: ResetOptions = {}): Start<CourierSpace> {
    sharedSteps = 0;
    return super.reset(options);
  }

  override step(action: number): Returned {
    const step = super.step(action);
    sharedSteps++;
    return { ...step, info: { steps: sharedSteps } };
  }

  override snapshot(): SavedData {
    return { ...super.snapshot(), sharedSteps };
  }

  override restore(saved: SavedData): void {
    const steps = savedNumber('restore', saved, 'sharedSteps');
    super.restore(saved);
    sharedSteps = steps;
  }
}

class LivingSnapshot extends Courier {
  override snapshot(): SavedData {
    return { ...super.snapshot(), row: this.row };
  }
}

/** Pays what each episode's own price list says. */
class PriceList extends Courier {
  protected prices: Float64Array = new Float64Array(1);

  override reset(options: ResetOptions = {}): Start<CourierSpace> {
    const start = super.reset(options);
    this.prices = Float64Array.of(this.rng.uniform());
    return start;
  }

  override step(action: number): Returned {
    return { ...super.step(action), reward: this.prices[0] };
  }

  override snapshot(): SavedData {
    return { ...super.snapshot(), prices: this.prices.slice() };
  }

  override restore(saved: SavedData): void {
    const prices = new Float64Array(1);
    copySavedArray('restore', saved, 'prices', prices);
    super.restore(saved);
    this.prices = prices;
  }
}

class HandsOutItsPrices extends PriceList {
  override snapshot(): SavedData {
    return { ...super.snapshot(), prices: this.prices };
  }
}

class KeepsTheirPrices extends PriceList {
  override restore(saved: SavedData): void {
    super.restore(saved);
    this.prices = saved.prices as Float64Array;
  }
}

class ForgetsTheGenerator extends Courier {
  override restore(saved: SavedData): void {
    const rng = this.rng;
    super.restore(saved);
    this.rng = rng;
  }
}

class ForgetsTheEnd extends Courier {
  override restore(saved: SavedData): void {
    super.restore(saved);
    this.running = true;
  }

  override snapshot(): SavedData {
    return { ...super.snapshot(), running: true };
  }
}

class SavesATicket extends Courier {
  readonly #saves: SavedData[] = [];

  override snapshot(): SavedData {
    this.#saves.push(super.snapshot());
    return { ...savedHeader('ticket', 1), ticket: 7 };
  }

  override restore(saved: SavedData): void {
    if (saved.kind !== 'ticket' || saved.version !== 1 || saved.ticket !== 7) {
      throw new Error('restore: this is no ticket.');
    }
    const last = this.#saves.at(-1);
    if (last === undefined) throw new Error('restore: there is nothing to go back to.');
    super.restore(last);
  }
}

class BelievesSnapshots extends Courier {
  override restore(saved: SavedData): void {
    super.restore({ elapsed: 0, ...saved });
  }
}

class RestoresHalf extends Courier {
  override restore(saved: SavedData): void {
    this.row[1] = 0.5;
    super.restore(saved);
  }
}

class ClipsInPlace extends DynamicsEnv {
  override step(action: never): Step<never> {
    const push = action as Float32Array;
    push[0] *= 0.5;
    return super.step(action) as Step<never>;
  }
}

class PaintsItsSpace extends Courier {
  override step(action: number): Returned {
    this.observationSpace.spaces.battery.high[0] = 2;
    return super.step(action);
  }
}

function notYet(): never {
  throw new Error('not yet');
}

const LAKE: EnvSpec = { id: 'FrozenLake-v1', options: { slippery: false }, wrappers: [] };

/** An env of the registry that says another spec of itself. */
function lakeWith(spec: unknown): () => Env {
  return () => Object.assign(make('FrozenLake-v1' as string), { spec });
}

/** Hand-written envs with a single defect each, in the order of the checks made for them. */
export const ENV_DEFECTS: readonly Defect[] = [
  {
    what: 'a maker that throws',
    check: 'maker',
    env: () => {
      throw new Error('there is no such file');
    },
    where: 'the maker',
    message: 'It threw Error: there is no such file',
  },
  {
    what: 'a maker that makes nothing',
    check: 'maker',
    env: (() => undefined) as never,
    where: 'the maker',
    message: 'Got undefined.',
  },
  {
    what: 'an env without restore',
    check: 'members',
    env: courierWith({ restore: undefined }),
    where: 'the Env',
    message: 'restore must be a function, got undefined.',
  },
  {
    what: 'an env whose spec is left out',
    check: 'members',
    env: courierWith({ spec: undefined }),
    where: 'the Env',
    message: 'spec must be an object or null, got undefined.',
  },
  {
    what: 'an env whose spaces are made on demand, and in vain',
    check: 'members',
    env: () => Object.defineProperty(new Courier(), 'actionSpace', { get: notYet }) as never,
    where: 'the env',
    message: 'It threw Error: not yet',
  },
  {
    what: 'a box whose bounds are the wrong way round',
    check: 'space-valid',
    env: courierWith({ observationSpace: { ...box([0], [1]), low: Float32Array.of(2) } }),
    where: 'observationSpace',
    message: 'box: low[0] = 2 is above high[0] = 1.',
  },
  {
    what: 'a box with plain lists as bounds',
    check: 'space-valid',
    env: courierWith({ actionSpace: { ...box([-1], [1]), low: [-1] } }),
    where: 'actionSpace',
    message: 'actionSpace.low is an Array of length 1 and a Float32Array of length 1.',
  },
  {
    what: 'a discrete space of nothing',
    check: 'space-valid',
    env: courierWith({ actionSpace: { ...discrete(1), n: 0 } }),
    where: 'actionSpace',
    message: 'discrete: n must be an integer from 1 to 2147483647, got 0.',
  },
  {
    what: 'a space of no known kind',
    check: 'space-valid',
    env: courierWith({ actionSpace: { kind: 'dice', n: 6 } }),
    where: 'actionSpace',
    message: 'expected the kind of a space, such as "box", got "dice".',
  },
  {
    what: 'two actions of one name',
    check: 'space-labels',
    env: courierWith({ actionSpace: discrete(3, ['left', 'right', 'left']) }),
    where: 'actionSpace',
    message: 'labels[0] and labels[2] are both "left".',
  },
  {
    what: 'an observation with an element that never changes',
    check: 'space-constant',
    env: () => new DynamicsEnv({ ...slider(), ...withThird(box([-1, 0, 3], [1, 1, 3])) }) as Env,
    where: 'observationSpace',
    message: 'low and high are both 3 at [2].',
  },
  {
    what: 'an observation without bounds',
    check: 'space-infinite',
    env: () =>
      new DynamicsEnv({ ...slider(), observationSpace: box([-1, 0], [1, Infinity]) }) as Env,
    where: 'observationSpace',
    message: 'There is no bound at [1].',
  },
  {
    what: 'an action that is not in −1 … 1',
    check: 'action-normalized',
    env: () => new DynamicsEnv({ ...slider(), actionSpace: box([-3], [3]) }) as Env,
    where: 'actionSpace',
    message: 'Actions are not in −1 … 1 at [0]: they are in -3 … 3.',
  },
  {
    what: 'an image of floats',
    check: 'image-space',
    env: () => new DynamicsEnv({ ...slider(), ...painted([2, 3]) }) as Env,
    where: 'observationSpace',
    message: 'An image in 0 … 255 has the dtype float32.',
  },
  {
    what: 'an observation of any length',
    check: 'space-row',
    env: courierOf(
      class extends Courier {
        override readonly observationSpace = sequence(discrete(9)) as never;
        protected override observe(): Seen {
          return [this.row[0]] as never;
        }
      },
    ),
    where: 'observationSpace',
    message: 'Sequence(Discrete(9)) has elements of any length.',
  },
  {
    what: 'a space that changes while the env runs',
    check: 'space-stable',
    env: courierOf(PaintsItsSpace),
    where: 'the spaces',
    message: 'the spaces[0].spaces.battery.high[0] is 1 and 2.',
  },
  {
    what: 'a spec that make does not know',
    check: 'spec-round-trip',
    env: lakeWith({ ...LAKE, id: 'FrozenPond-v1' }),
    where: 'spec',
    message: 'There is no world "FrozenPond-v1".',
  },
  {
    what: 'a spec without an id',
    check: 'spec',
    env: lakeWith({ options: {}, wrappers: [] }),
    where: 'spec',
    message: 'spec.id must be a text, got undefined.',
  },
  {
    what: 'a spec with a function in it',
    check: 'spec',
    env: lakeWith({ ...LAKE, options: { ...LAKE.options, map: () => '4x4' } }),
    where: 'spec',
    message: 'spec.options.map is a function and undefined.',
  },
  {
    what: 'a reset that gives the observation alone',
    check: 'reset-result',
    env: beginning((options, reset) => reset(options).observation),
    where: 'the reset of episode 1',
    message: 'reset returned an object with battery, doors, room.',
  },
  {
    what: 'a reset that needs its argument',
    check: 'reset-options',
    env: courierOf(
      class extends Courier {
        override reset(options?: ResetOptions): Start<CourierSpace> {
          if (options === undefined) throw new TypeError('options is undefined');
          return super.reset(options);
        }
      },
    ),
    where: 'reset',
    message: 'TypeError: options is undefined',
  },
  {
    what: 'a reset that takes any option',
    check: 'reset-unknown-option',
    env: beginning(({ seed }, reset) => reset(seed === undefined ? {} : { seed })),
    where: 'reset',
    message: "It took { options: { 'an-option-that-no-world-has': 1 } } without a word.",
  },
  {
    what: 'a reset that rounds seeds',
    check: 'reset-bad-seed',
    env: beginning((options, reset) => {
      const { seed } = options;
      return reset(seed === 0.5 ? { ...options, seed: 0 } : options);
    }),
    where: 'reset({ seed: 0.5 })',
    message: 'It was taken.',
  },
  {
    what: 'a reset that refuses a seed after it has begun',
    check: 'reset-bad-seed',
    env: courierOf(
      class extends Courier {
        override reset(options: ResetOptions = {}): Start<CourierSpace> {
          this.row[1] = 0.25;
          return super.reset(options);
        }
      },
    ),
    where: 'reset({ seed: -1 })',
    message: 'It was refused, but the snapshot.row[1] is 1 and 0.25.',
  },
  {
    what: 'a reset that leaves the battery as it is',
    check: 'reset-same-seed',
    env: courierOf(AnotherBattery),
    where: 'the reset of episode 1',
    message: /After two resets with seed 0 .* the result\.observation\.battery\[0\] is 0\.\d+ and/,
    also: ['determinism'],
  },
  {
    what: 'a reset without a seed that takes the last seed again',
    check: 'reset-continues',
    env: courierOf(TheSameSeedAgain),
    where: 'reset',
    message: '12 times, reset() after reset({ seed }) gave the seed’s episode once more.',
    also: ['restore'],
  },
  {
    what: 'an env to which seeds mean nothing',
    check: 'seed-unused',
    env: courierOf(NeverDraws),
    where: 'reset',
    message: 'Seeds 0 to 11 all gave the same episode and snapshot.',
  },
  {
    what: 'a step without info',
    check: 'step-result',
    env: stepping(({ observation, reward, terminated, truncated }) => {
      return { observation, reward, terminated, truncated };
    }),
    where: 'step 1 of episode 1',
    message: 'with observation, reward, terminated, truncated, without info.',
  },
  {
    what: 'a step that returns a list, as Python does',
    check: 'step-result',
    env: stepping((step) => Object.values(step)),
    where: 'step 1 of episode 1',
    message: 'without observation, reward, terminated, truncated, info.',
  },
  {
    what: 'a step that breaks down late in an episode',
    check: 'step-result',
    env: stepping((step, elapsed) => {
      if (elapsed === 29) throw new Error('out of paper');
      return step;
    }),
    where: /^step 29 of episode \d+$/,
    message: 'It threw Error: out of paper',
  },
  {
    what: 'a plain list in place of a typed array',
    check: 'observation-type',
    env: observing((seen) => ({ ...seen, battery: [...seen.battery] })),
    where: 'the reset of episode 1',
    message: 'observation.battery must be a Float32Array, got an Array of length 1.',
  },
  {
    what: 'an observation that is NaN late in an episode',
    check: 'observation-finite',
    env: observing((seen, elapsed) =>
      elapsed === 28 ? { ...seen, battery: Float32Array.of(Number.NaN) } : seen,
    ),
    where: /^step 28 of episode \d+$/,
    message: 'observation.battery[0] is NaN.',
  },
  {
    what: 'a room that is counted from 0',
    check: 'observation-space',
    env: observing((seen) => ({ ...seen, room: seen.room - 1 })),
    where: /of episode \d+$/,
    message: 'observation.room must be an integer from 1 to 5, got 0.',
  },
  {
    what: 'an observation with a part that is not in its space',
    check: 'observation-space',
    env: observing((seen) => ({ ...seen, weather: 1 })),
    where: 'the reset of episode 1',
    message: 'observation must have only battery, doors, room, got also "weather".',
  },
  {
    what: 'a reward that is a text',
    check: 'reward',
    env: stepping((step) => ({ ...step, reward: `${step.reward}` })),
    where: 'step 1 of episode 1',
    message: 'The reward is "0".',
  },
  {
    what: 'a reward that is infinite at the end',
    check: 'reward',
    env: stepping((step) => ({ ...step, reward: step.terminated ? Infinity : 0 })),
    where: /^step \d+ of episode \d+$/,
    message: 'The reward is Infinity.',
  },
  {
    what: 'flags that are 1 and 0',
    check: 'flags',
    env: stepping((step) => ({ ...step, truncated: step.truncated ? 1 : 0 })),
    where: 'step 1 of episode 1',
    message: 'truncated is 0.',
  },
  {
    what: 'an end that is both',
    check: 'flags',
    env: stepping((step) => ({ ...step, truncated: step.terminated || step.truncated })),
    where: /^step \d+ of episode \d+$/,
    message: 'terminated and truncated are both true.',
  },
  {
    what: 'info that is null',
    check: 'info',
    env: stepping((step) => ({ ...step, info: null })),
    where: 'step 1 of episode 1',
    message: 'info is null.',
  },
  {
    what: 'a mask of booleans',
    check: 'mask',
    env: masking(() => [true, true, true]),
    where: 'the reset of episode 1',
    message: 'The mask is an Array of length 3, of 3 actions.',
  },
  {
    what: 'a mask with a 2',
    check: 'mask',
    env: masking(() => Uint8Array.of(1, 2, 1)),
    where: 'the reset of episode 1',
    message: 'mask[1] is 2.',
  },
  {
    what: 'a mask that allows nothing in the middle of an episode',
    check: 'mask-legal',
    env: masking((elapsed) => (elapsed === 5 ? new Uint8Array(3) : null)),
    where: /^step 5 of episode \d+$/,
    message: 'No action is legal: the mask is [0, 0, 0].',
  },
  {
    what: 'a scene whose token leaves the board',
    check: 'scene',
    env: showing((scene, elapsed) => ({
      ...scene,
      tokens: [{ kind: 'agent', row: 0, column: elapsed > 20 ? 5 : 0 }],
    })),
    where: /^step 21 of episode \d+$/,
    message: 'scene.tokens[0] is in row 0, column 5 of a board of 1 × 5.',
  },
  {
    what: 'a scene with a tile that nobody can draw',
    check: 'scene',
    env: showing((scene) => ({ ...scene, tiles: new Array(5).fill('lava') })),
    where: 'the reset of episode 1',
    message: 'scene.tiles[0] must be one of floor, ice',
  },
  {
    what: 'a scene that breaks down',
    check: 'scene',
    env: showing((_, elapsed) => {
      if (elapsed > 10) throw new Error('no such color');
      return { kind: 'grid', rows: 1, columns: 1, tiles: ['ice'], tokens: [] };
    }),
    where: /^step 11 of episode \d+$/,
    message: 'It threw Error: no such color',
  },
  {
    what: 'a scene that draws random numbers',
    check: 'scene-pure',
    env: courierOf(DrawsPictures),
    where: 'the reset of episode 1',
    message: 'Before and after scene(), the snapshot.rng.',
  },
  {
    what: 'an env that steps before the first reset',
    check: 'step-before-reset',
    env: courierOf(StartsByItself),
    where: 'step before the first reset',
    message: 'It was taken.',
  },
  {
    what: 'an env that steps on after the end',
    check: 'step-after-end',
    env: courierOf(GoesOn),
    where: /^the step after step \d+ of episode \d+, its last$/,
    message: 'It was taken.',
    also: ['restore'],
  },
  {
    what: 'an env that takes masked actions',
    check: 'illegal-action',
    env: courierOf(TakesMasked),
    where: /^after .* of episode \d+$/,
    message: 'step took 0, which is masked.',
  },
  {
    what: 'an env that takes half an action',
    check: 'illegal-action',
    env: courierOf(TakesHalves),
    where: /^after .* of episode \d+$/,
    message: 'step took 0.5.',
  },
  {
    what: 'an env that looks at the action after it has moved',
    check: 'illegal-action-moves',
    env: courierOf(ChecksLate),
    where: /^after .* of episode \d+$/,
    message: /step refused undefined, but the snapshot\.row\[1\] is 0\.\d+ and 0\.\d+\./,
  },
  {
    what: 'an env that moves before it looks, behind a snapshot that moves with it',
    check: 'illegal-action-moves',
    env: courierOf(LateAndLiving),
    where: /^after .* of episode \d+$/,
    message: /step refused undefined, but the snapshot\.row\[1\] is 0\.\d+ and 0\.\d+\./,
    also: ['snapshot-fresh'],
  },
  {
    what: 'an env that changes the caller’s action',
    check: 'action-kept',
    env: () => new ClipsInPlace(slider()) as Env,
    where: 'step 1 of episode 1',
    message: /Before and after step, the action\[0\] is -?[\d.e-]+ and -?[\d.e-]+\./,
  },
  {
    what: 'one buffer for all observations',
    check: 'observation-fresh',
    env: courierOf(OneBuffer),
    where: 'step 1 of episode 1',
    message:
      /The observation of the reset of episode 1 was overwritten later: .*battery\[0\] is 1 and/,
  },
  {
    what: 'an observation that is part of the state',
    check: 'observation-fresh',
    env: courierOf(ReadsItBack),
    where: /of episode \d+$/,
    message: /the observation\.doors\[0\] is|Where the caller overwrites each observation/,
  },
  {
    what: 'one buffer for all masks',
    check: 'mask-fresh',
    env: courierOf(OneMask),
    where: 'the reset of episode 1',
    message: 'After the caller changed it, the mask[0] is 1 and 77.',
  },
  {
    what: 'an env with noise of its own late in its episodes',
    check: 'determinism',
    env: courierOf(LateNoise),
    where: /^step \d+ of episode \d+$/,
    message:
      /Played twice with seed 0 and the same actions, the result\.reward is 0\.\d+ and 0\.\d+\./,
  },
  {
    what: 'instances that share a counter',
    check: 'instances',
    env: courierOf(SharesACounter),
    where: 'step 2 of episode 1',
    message: 'while another instance takes steps as well, the result.info.steps is 2 and 3.',
  },
  {
    what: 'a snapshot with a Map in it',
    check: 'snapshot-data',
    env: saving((saved) => ({ ...saved, visits: new Map() })),
    where: 'snapshot',
    message: 'the snapshot.visits is of the type Map, which is neither JSON nor a typed array.',
  },
  {
    what: 'a snapshot with an infinite number in it',
    check: 'snapshot-data',
    env: saving((saved) => ({ ...saved, best: [-Infinity] })),
    where: 'snapshot',
    message: 'the snapshot.best.0 is -Infinity, which JSON does not have.',
  },
  {
    what: 'a snapshot without a version',
    check: 'snapshot-data',
    env: saving(({ version: _, ...saved }) => saved),
    where: 'snapshot',
    message: 'a version from 1, got "courier" and undefined.',
  },
  {
    what: 'a snapshot that is the state itself',
    check: 'snapshot-fresh',
    env: courierOf(LivingSnapshot),
    where: 'steps after snapshot and restore',
    message: /Before and after more steps, the snapshot\.row\[\d\] is/,
  },
  {
    what: 'a snapshot with an array that the env goes on reading',
    check: 'snapshot-fresh',
    env: courierOf(HandsOutItsPrices),
    where: 'steps after snapshot and restore',
    message: /Where the caller overwrites the snapshots, the result\.reward is 0\.\d+ and 77 at/,
  },
  {
    what: 'a restore that goes on reading the snapshot',
    check: 'snapshot-fresh',
    env: courierOf(KeepsTheirPrices),
    where: 'steps after snapshot and restore',
    message: /Where the caller overwrites the snapshots, the result\.reward is 0\.\d+ and 77 at/,
  },
  {
    what: 'a restore that forgets the generator',
    check: 'restore',
    env: courierOf(ForgetsTheGenerator),
    where: 'restore after 0 steps or resets',
    message: 'In the same instance, before and after, the snapshot.rng.',
  },
  {
    what: 'a restore that forgets that the episode had ended',
    check: 'restore',
    env: courierOf(ForgetsTheEnd),
    where: /^restore at step \d+ of episode \d+, its last$/,
    message: 'A step was taken after the restored end of an episode.',
  },
  {
    what: 'a snapshot that another instance cannot know',
    check: 'restore-fresh',
    env: courierOf(SavesATicket),
    where: 'restore after 0 steps or resets',
    message: 'It threw Error: restore: there is nothing to go back to.',
  },
  {
    what: 'a restore that makes up what is missing',
    check: 'restore-damaged',
    env: courierOf(BelievesSnapshots),
    where: 'restore with no elapsed',
    message: 'It was taken.',
  },
  {
    what: 'a restore that begins before it has checked',
    check: 'restore-damaged',
    env: courierOf(RestoresHalf),
    where: 'restore with null',
    message: /It was refused, but the snapshot\.row\[1\] is 0\.\d+ and 0\.5\./,
  },
  {
    what: 'a spec with an option that the env was not built with',
    check: 'spec-round-trip',
    env: lakeWith(LAKE),
    where: /of episode \d+$/,
    message: /The env that make\(spec\) builds does something else: here and there, the result\./,
  },
];

/** Changes for the slider: a third element that is always 3. */
function withThird(observationSpace: ReturnType<typeof box>) {
  const observe = (state: Float64Array, observation: Float32Array) => {
    slider().observe(state, observation);
    observation[2] = 3;
  };
  return { observationSpace, observe };
}

/** Changes for the slider: gray pixels. */
function painted(shape: readonly number[]) {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const observe = (state: Float64Array, observation: Float32Array) => {
    observation.fill(Math.round(127 * (1 + state[0])));
  };
  const zeros = new Float32Array(size);
  return { observationSpace: box(zeros, zeros.slice().fill(255), { shape }), observe };
}
