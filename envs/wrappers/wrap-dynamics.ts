import { Alea } from '../../core/alea.ts';
import { createState, type Dynamics, type StateKind, type StateRow } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import type { Scene } from '../../core/scene.ts';
import type { Action, Inner, InnerWorld, WrapperKind, WrapperRules } from './wrapper.ts';

/**
 * The rules of a world inside a wrapper.
 *
 * A state is the inner state followed by the wrapper's memory: `[inner | memory]` in a `Float64Array`
 * where both are float64; the bytes of both in a `Uint8Array`, aligned to 8, where one is not; the
 * inner row itself where the wrapper remembers nothing.
 *
 * @param options Complete, but not checked.
 * @throws RangeError if the wrapper does not fit the world, or an option is out of range.
 */
export function wrapDynamics<Options extends object>(
  dynamics: Dynamics,
  kind: WrapperKind<Options>,
  options: Required<Options>,
): Dynamics {
  const rules = kind.rules(describe(dynamics), options);
  const empty = createMemory(rules);
  const at = empty.length === 0 ? sameRow(dynamics) : splitRow(dynamics, empty);
  const sized = empty.length === 0 ? dynamics : splitSize(dynamics, empty);
  return {
    name: dynamics.name,
    observationSpace: rules.observationSpace ?? dynamics.observationSpace,
    actionSpace: rules.actionSpace ?? dynamics.actionSpace,
    timeLimit: rules.timeLimit ?? dynamics.timeLimit,
    stateSize: sized.stateSize,
    ...(sized.stateKind === undefined ? {} : { stateKind: sized.stateKind }),
    reset(state, rng) {
      const { memory, inner } = at(state, rng);
      inner.reset();
      rules.begin?.(memory, inner, rng);
    },
    step: hookStep(dynamics, rules, at),
    isTerminal(state) {
      const { memory, inner } = at(state);
      return rules.isTerminal ? rules.isTerminal(memory, inner) : inner.isTerminal();
    },
    observe(state, observation) {
      const { memory, inner } = at(state);
      if (rules.observe) rules.observe(memory, inner, observation);
      else inner.observe(observation);
    },
    scene(state): Scene {
      const { memory, inner } = at(state);
      return rules.scene ? rules.scene(memory, inner) : inner.scene();
    },
    ...optionalParts(dynamics, rules, at),
  };
}

/** What a wrapper is told of rules. */
function describe(dynamics: Dynamics): InnerWorld {
  const { name, observationSpace, actionSpace, timeLimit, actionMask } = dynamics;
  const masked = actionMask !== undefined && actionSpace.kind === 'discrete';
  const livesCounted = dynamics.lives !== undefined;
  const startScene = () => {
    const state = createState(dynamics);
    dynamics.reset(state, new Alea(0, 'start scene'));
    return dynamics.scene(state);
  };
  return { name, observationSpace, actionSpace, timeLimit, masked, livesCounted, startScene };
}

/** The memory of a wrapper, zeros. */
export function createMemory({ memorySize = 0, memoryKind = 'float64' }: WrapperRules): StateRow {
  return createState({ stateSize: memorySize, stateKind: memoryKind });
}

/** A state row seen as its parts. */
interface Parts {
  readonly memory: StateRow;
  readonly inner: InnerRow;
}

/** Finds the parts of a row; `rng` is what inner steps are to draw from. */
type PartsOf = (state: StateRow, rng?: Rng) => Parts;

function hookStep(dynamics: Dynamics, rules: WrapperRules, at: PartsOf): Dynamics['step'] {
  if (rules.step) {
    const step = rules.step;
    return (state, action, rng) => {
      const { memory, inner } = at(state, rng);
      return step(memory, inner, action, rng);
    };
  }
  return (state, action, rng) => dynamics.step(at(state, rng).inner.row, action, rng);
}

/** Members that a world may lack. A new one of `Dynamics` is passed on here, in `Inner` and in `wrapEnv`. */
function optionalParts(
  dynamics: Dynamics,
  rules: WrapperRules,
  at: PartsOf,
): Pick<Dynamics, 'actionMask' | 'info' | 'lives' | 'model'> {
  const sameActions = rules.actionSpace === undefined && dynamics.actionMask !== undefined;
  const masked = rules.actionMask !== undefined || sameActions;
  const informed = rules.info !== undefined || dynamics.info !== undefined;
  return {
    ...(masked && {
      actionMask(state: StateRow, mask: Uint8Array) {
        const { memory, inner } = at(state);
        if (rules.actionMask) rules.actionMask(memory, inner, mask);
        else inner.actionMask(mask);
      },
    }),
    ...(informed && {
      info(state: StateRow) {
        const { memory, inner } = at(state);
        return { ...inner.info(), ...rules.info?.(memory, inner) };
      },
    }),
    ...(dynamics.lives && { lives: (state: StateRow) => at(state).inner.lives() }),
    ...(rules.keepsModel && dynamics.model && { model: () => dynamics.model?.() as never }),
  };
}

/** The world inside, over a row of its own kind and length. */
class InnerRow implements Inner {
  readonly #dynamics: Dynamics;
  row: StateRow;
  rng: Rng | undefined;

  constructor(dynamics: Dynamics, row: StateRow) {
    this.#dynamics = dynamics;
    this.row = row;
  }

  step(action: Action): number {
    return this.#dynamics.step(this.row, action, this.rng as Rng);
  }

  reset(): void {
    this.#dynamics.reset(this.row, this.rng as Rng);
  }

  isTerminal(): boolean {
    return this.#dynamics.isTerminal(this.row);
  }

  hasEnded(): boolean {
    return this.#dynamics.isTerminal(this.row);
  }

  observe(observation: Float32Array): void {
    this.#dynamics.observe(this.row, observation);
  }

  actionMask(mask: Uint8Array): void {
    if (this.#dynamics.actionMask) this.#dynamics.actionMask(this.row, mask);
    else mask.fill(1);
  }

  scene(): Scene {
    return this.#dynamics.scene(this.row);
  }

  lives(): number {
    const { name, lives } = this.#dynamics;
    if (lives === undefined) throw new Error(`${name} counts no lives.`);
    return lives.call(this.#dynamics, this.row);
  }

  info(): Readonly<Record<string, unknown>> {
    return this.#dynamics.info?.(this.row) ?? {};
  }
}

/** Parts where there is no memory: the row is the inner row. */
function sameRow(dynamics: Dynamics): PartsOf {
  const parts = { memory: new Float64Array(0), inner: new InnerRow(dynamics, new Float64Array(0)) };
  return (state, rng) => {
    parts.inner.row = state;
    parts.inner.rng = rng;
    return parts;
  };
}

/** Parts where there is memory: views, made once for each row and forgotten with it. */
function splitRow(dynamics: Dynamics, empty: StateRow): PartsOf {
  const emptyInner = createState(dynamics);
  const memoryAt = alignedBytes(emptyInner);
  const known = new WeakMap<StateRow, Parts>();
  return (state, rng) => {
    let parts = known.get(state);
    if (parts === undefined) {
      const row = viewOf(state, 0, emptyInner);
      const memory = viewOf(state, memoryAt, empty);
      parts = { memory, inner: new InnerRow(dynamics, row) };
      known.set(state, parts);
    }
    parts.inner.rng = rng;
    return parts;
  };
}

/** A view into a row from some byte on, of the kind and length of `like`. */
function viewOf(row: StateRow, byte: number, like: StateRow): StateRow {
  type Constructor = new (buffer: ArrayBufferLike, offset: number, length: number) => StateRow;
  const View = like.constructor as Constructor;
  return new View(row.buffer, row.byteOffset + byte, like.length);
}

function splitSize(
  dynamics: Dynamics,
  empty: StateRow,
): { readonly stateSize: number; readonly stateKind?: StateKind } {
  const { stateSize, stateKind = 'float64' } = dynamics;
  if (stateKind === 'float64' && empty instanceof Float64Array) {
    return { stateSize: stateSize + empty.length };
  }
  // As bytes, whose copies keep every bit, as those of float32 numbers need not.
  const bytes = alignedBytes(createState(dynamics)) + alignedBytes(empty);
  return { stateSize: bytes, stateKind: 'uint8' };
}

/** The length of a row in bytes, up to the next place where a float64 may stand. */
function alignedBytes(row: StateRow): number {
  return 8 * Math.ceil(row.byteLength / 8);
}
