import { Alea } from '../../core/alea.ts';
import { createState, type Dynamics, type StateRow } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import { countedFromZero, rowSize } from '../../core/spaces/rows.ts';
import { Chooser } from './chooser.ts';
import { copyOf, difference, showValue } from './compare.ts';
import { whereIs } from './player.ts';
import type { Report } from './report.ts';

/** Steps of each run. */
const RUN = 250;

/** Checks the rules alone: a row and a generator are all that there is to a state. */
export function checkRules(dynamics: Dynamics, seed: number, report: Report): void {
  checkTimeLimit(dynamics, report);
  report.attempt('reset-fills-row', 'reset', () => checkFilled(dynamics, seed, report));
  const walk = new Walk(dynamics, seed);
  report.attempt('rules-repeat', walk, () => checkRandom(walk, report));
  report.attempt('observe-complete', 'observe', () => checkReaders(dynamics, seed, report));
  if (report.count('rules-repeat') > 0) return; // two runs would differ anyway
  report.attempt('rules-row', 'step', () => checkInterleaved(dynamics, seed, report));
}

function checkTimeLimit({ timeLimit }: Dynamics, report: Report): void {
  if (timeLimit === Infinity || (Number.isInteger(timeLimit) && timeLimit >= 1)) return;
  report.add('time-limit', 'timeLimit', `timeLimit is ${showValue(timeLimit)}.`);
}

/** What may be in a row before reset: a new one, and two old ones. */
const LEFT_OVER: readonly number[] = [0, 1, 77];

function checkFilled(dynamics: Dynamics, seed: number, report: Report): void {
  for (let episode = 0; episode < 10; episode++) {
    const rows = LEFT_OVER.map((number) => {
      const row = createState(dynamics).fill(number);
      dynamics.reset(row, new Alea(seed + episode));
      return row;
    });
    const found = difference(rows[0], rows[1], 'state') ?? difference(rows[0], rows[2], 'state');
    if (found === null) continue;
    report.add('reset-fills-row', 'reset', `In a row of zeros, and in an old one, ${found}.`);
    return;
  }
}

/** One row on its way, with a generator of its own. */
class Walk {
  readonly dynamics: Dynamics;
  readonly state: StateRow;
  readonly rng: Rng;
  episode = 0;
  step = 0;
  ended = true;

  readonly #chooser: Chooser;
  readonly #mask: Uint8Array | null;

  constructor(dynamics: Dynamics, seed: number) {
    const { actionSpace, actionMask } = dynamics;
    this.dynamics = dynamics;
    this.state = createState(dynamics);
    this.rng = new Alea(seed, 'checker/rules');
    this.#chooser = new Chooser(countedFromZero(actionSpace), seed);
    const masked = actionMask !== undefined && actionSpace.kind === 'discrete';
    this.#mask = masked ? new Uint8Array(actionSpace.n) : null;
  }

  get where(): string {
    return whereIs(this);
  }

  /** Draws the next move: an action, or `null` for a reset. */
  choose(): unknown {
    if (this.ended) return null;
    if (this.#mask !== null) this.dynamics.actionMask?.(this.state, this.#mask);
    return this.#chooser.choose(this.#mask);
  }

  /** Makes the move, and returns what can be told of it, as copies. */
  move(action: unknown): object {
    const { dynamics, state, rng } = this;
    let reward = 0;
    if (action === null) {
      this.#chooser.begin();
      dynamics.reset(state, rng);
      this.episode++;
      this.step = 0;
    } else {
      this.step++;
      reward = dynamics.step(state, copyOf(action) as never, rng);
    }
    const terminal = dynamics.isTerminal(state);
    this.ended = terminal || this.step >= Math.min(dynamics.timeLimit, RUN / 2);
    return { ...look(dynamics, state), reward, terminal };
  }
}

/** What a state shows, as copies. */
function look(dynamics: Dynamics, state: StateRow) {
  const observation = new Float32Array(rowSize(dynamics.observationSpace));
  dynamics.observe(state, observation);
  return { state: state.slice(), observation };
}

/** From the same row and the same generator, reset and step must do the same. */
function checkRandom(walk: Walk, report: Report): void {
  const { dynamics, state, rng } = walk;
  const generator = new Alea(0);
  for (let t = 0; t < RUN; t++) {
    const action = walk.choose();
    const row = state.slice();
    generator.restore(rng.snapshot());
    const { reward, terminal, ...seen } = walk.move(action) as Record<string, unknown>;
    let again = 0;
    if (action === null) dynamics.reset(row, generator);
    else again = dynamics.step(row, copyOf(action) as never, generator);
    const found =
      difference(seen.state, row, 'the state') ??
      difference(reward, again, 'the reward') ??
      difference(terminal, dynamics.isTerminal(row), 'isTerminal') ??
      difference(rng.snapshot(), generator.snapshot(), 'the generator');
    if (found === null) continue;
    const message = `Twice from the same row, generator and action, ${found}.`;
    report.add('rules-repeat', walk, message);
    return;
  }
}

/** A row alone, and the same row while others move in between, must go the same way. */
function checkInterleaved(dynamics: Dynamics, seed: number, report: Report): void {
  const alone = new Walk(dynamics, seed);
  const run = Array.from({ length: RUN }, () => alone.move(alone.choose()));
  const walk = new Walk(dynamics, seed);
  const others = [1, 2].map((i) => new Walk(dynamics, seed + i));
  for (let t = 0; t < RUN; t++) {
    const found = difference(run[t], walk.move(walk.choose()), 'it');
    if (found !== null) {
      const message = `A row alone, and while others take turns with it, ${found}.`.replace(
        'it.',
        '',
      );
      report.add('rules-row', walk, message);
      return;
    }
    for (const other of others) other.move(other.choose());
    const later = difference(look(dynamics, walk.state), pick(run[t]), 'it');
    if (later === null) continue;
    const message = `Right after a move, and after another row has moved, ${later.replace('it.', '')}.`;
    report.add('rules-row', walk, message);
    return;
  }
}

function pick(moment: object): object {
  const { state, observation } = moment as ReturnType<typeof look>;
  return { state, observation };
}

/** isTerminal, observe, actionMask and scene only read the row, and write all that they write. */
function checkReaders(dynamics: Dynamics, seed: number, report: Report): void {
  const walk = new Walk(dynamics, seed);
  for (let t = 0; t < RUN; t++) {
    walk.move(walk.choose());
    const { state } = walk;
    const before = state.slice();
    const pure = (name: string) => {
      const found = difference(before, state, 'the state');
      if (found === null) return;
      report.once('rules-pure', walk, `Before and after ${name}, ${found}.`);
      state.set(before);
    };
    const ends = [dynamics.isTerminal(state), dynamics.isTerminal(state)] as unknown[];
    pure('isTerminal');
    if (typeof ends[0] !== 'boolean' || ends[0] !== ends[1]) {
      const message = `isTerminal, asked twice, says ${showValue(ends[0])} and ${showValue(ends[1])}.`;
      report.once('rules-pure', walk, message);
    }
    checkWritten(walk, report);
    pure('observe and actionMask');
    report.attempt('scene', walk, () => dynamics.scene(state));
    pure('scene');
  }
}

/** What observe and actionMask write must not depend on what was there before. */
function checkWritten({ dynamics, state, where }: Walk, report: Report): void {
  const size = rowSize(dynamics.observationSpace);
  const [one, other] = [55, 77].map((number) => {
    const observation = new Float32Array(size).fill(number);
    dynamics.observe(state, observation);
    return observation;
  });
  const found = difference(one, other, 'the observation');
  if (found !== null) {
    const message = `Written over 55s and over 77s, ${found}.`;
    report.once('observe-complete', where, message);
  }
  const { actionSpace } = dynamics;
  if (dynamics.actionMask === undefined || actionSpace.kind !== 'discrete') return;
  const masks = [55, 77].map((number) => new Uint8Array(actionSpace.n).fill(number));
  for (const mask of masks) dynamics.actionMask(state, mask);
  const inMask = difference(masks[0], masks[1], 'the mask');
  if (inMask === null) return;
  report.once('mask-complete', where, `Written over 55s and over 77s, ${inMask}.`);
}
