import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Space } from '../../core/space.ts';
import { rowSize, writeRow } from '../../core/spaces/rows.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { difference } from './compare.ts';
import { Player } from './player.ts';
import type { Report } from './report.ts';

const NUM_ENVS = 3;
const STEPS = 200;

/** Checks that each copy of a `VectorEnv` does, bit for bit, what a single env does alone. */
export function checkVector(dynamics: Dynamics, seed: number, report: Report): void {
  let step = 0;
  const place = {
    get where() {
      return `step ${step} of the vector`;
    },
  };
  report.attempt('vector', place, () => {
    const singles = Array.from({ length: NUM_ENVS }, (_, i) => new Single(dynamics, seed, i));
    // One copy after the other: what the rules keep to themselves shows as a difference.
    const runs = singles.map((single) => single.play());
    const envs = new VectorEnv(dynamics, { numEnvs: NUM_ENVS, seed });
    const actions = envs.createActions();
    const size = rowSize(dynamics.actionSpace);
    for (; step < STEPS; step++) {
      runs.forEach((run, i) => {
        actions.set(run[step].action, i * size);
      });
      const columns = copyColumns(envs, envs.step(actions));
      for (let i = 0; i < NUM_ENVS; i++) {
        const found = difference(runs[i][step].seen, rowOf(columns, i), `copy ${i}`);
        if (found === null) continue;
        report.add('vector', place, `Alone, and as one of ${NUM_ENVS}, ${found}.`);
        return;
      }
    }
  });
}

interface Taken {
  /** As a row, its integers counted from 0. */
  readonly action: number[];
  readonly seen: Row;
}

/** What a step shows of one copy. */
interface Row {
  readonly observation: number[];
  readonly reward: number;
  readonly nextObservation: number[];
  readonly terminated: boolean;
  readonly truncated: boolean;
  /** What the next action is chosen on: after an end, the start of the next episode. */
  readonly now: number[];
}

/** One copy as an env of its own. */
class Single {
  readonly #env: DynamicsEnv;
  readonly #player: Player;

  constructor(dynamics: Dynamics, seed: number, copy: number) {
    this.#env = new DynamicsEnv(dynamics, { seed, stream: `env/${copy}` });
    this.#player = new Player(this.#env, seed + copy);
  }

  play(): Taken[] {
    this.#player.begin();
    return Array.from({ length: STEPS }, () => this.#step());
  }

  #step(): Taken {
    const observation = this.#row();
    const action = this.#player.choose();
    const { reward, terminated, truncated } = this.#player.take(action);
    const nextObservation = this.#row();
    if (this.#player.ended) this.#player.begin();
    const seen = { observation, reward, nextObservation, terminated, truncated, now: this.#row() };
    return { action: toRow(this.#env.actionSpace, action), seen: seen as Row };
  }

  #row(): number[] {
    return toRow(this.#env.observationSpace, this.#player.last.observation);
  }
}

function toRow(space: Space, element: unknown): number[] {
  const row = new Float32Array(rowSize(space));
  writeRow<Space>(space, element as never, row);
  return Array.from(row);
}

/** The columns of a step with the observations after it. */
function copyColumns(envs: VectorEnv, transitions: ReturnType<VectorEnv['step']>) {
  return { ...transitions, now: envs.observations };
}

function rowOf(columns: ReturnType<typeof copyColumns>, i: number): Row {
  const row = (matrix: Float32Array) => {
    const size = matrix.length / NUM_ENVS;
    return Array.from(matrix.subarray(i * size, (i + 1) * size));
  };
  return {
    observation: row(columns.observations),
    reward: columns.rewards[i],
    nextObservation: row(columns.nextObservations),
    terminated: columns.terminated[i] === 1,
    truncated: columns.truncated[i] === 1,
    now: row(columns.now),
  };
}
