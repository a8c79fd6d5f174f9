import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type AutoresetMode, GymnasiumVectorEnv } from '../../core/gymnasium-vector-env.ts';
import { mergeInfos } from '../../core/merge-infos.ts';
import { makeDynamics } from '../../envs/registry.ts';

type Json = number | boolean | string | null | readonly Json[] | { readonly [key: string]: Json };

interface GoldenCall {
  readonly reset?: { readonly seed: number | null; readonly mask: readonly boolean[] | null };
  readonly actions?: readonly (number | readonly number[])[];
  readonly observations: Json;
  readonly rewards?: readonly number[];
  readonly terminations?: readonly boolean[];
  readonly truncations?: readonly boolean[];
  readonly infos: Json;
}

interface Golden {
  readonly runs: readonly {
    readonly id: string;
    readonly limit?: number;
    readonly copies: number;
    readonly mode: 'NextStep' | 'SameStep' | 'Disabled';
    readonly calls: readonly GoldenCall[];
  }[];
  readonly infos: readonly {
    readonly copies: readonly Readonly<Record<string, Json>>[];
    readonly merged: Json;
  }[];
}

// Recorded by bench/peers/make_vector_golden.py.
const golden = JSON.parse(
  readFileSync(new URL('../golden/vector-runs.json', import.meta.url), 'utf8'),
) as Golden;

const MODES = { NextStep: 'next-step', SameStep: 'same-step', Disabled: 'disabled' } as const;

/** Infos without `prob`, the chance of the last move, which FrozenLake gives there alone. */
function ours(infos: Json): Json {
  if (typeof infos !== 'object' || infos === null || Array.isArray(infos)) return infos;
  const kept = Object.entries(infos).filter(([key]) => key !== 'prob' && key !== '_prob');
  return Object.fromEntries(kept.map(([key, value]) => [key, ours(value)]));
}

/** What holds in both, every array as a flat list: numbers within 1e-6, all else exactly. */
function expectSame(got: unknown, expected: Json, where: string): void {
  if (Array.isArray(expected)) {
    const flat = expected.flat(2);
    const list = Array.from(got as ArrayLike<unknown>).flatMap((x) =>
      ArrayBuffer.isView(x) ? Array.from(x as Float32Array) : [x],
    );
    expect(list.length, where).toBe(flat.length);
    flat.forEach((x, i) => {
      expectSame(list[i], x, `${where}[${i}]`);
    });
  } else if (typeof expected === 'object' && expected !== null) {
    expect(Object.keys(got as object).sort(), where).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) {
      expectSame((got as Record<string, unknown>)[key], value, `${where}.${key}`);
    }
  } else if (typeof expected === 'number') {
    expect(Math.abs((got as number) - expected), where).toBeLessThan(1e-6);
  } else if (typeof expected === 'boolean') expect(got, where).toBe(expected ? 1 : 0);
  else expect(got, where).toBe(expected);
}

describe('a vector with Gymnasium’s interface gives what Gymnasium 1.4.0 gives', () => {
  test.each(golden.runs)('$id, $mode', ({ id, limit, copies, mode, calls }) => {
    const rules = makeDynamics(id);
    const world = { ...rules, timeLimit: limit ?? rules.timeLimit };
    const autoresetMode: AutoresetMode = MODES[mode];
    const envs = new GymnasiumVectorEnv(world, {
      numEnvs: copies,
      rng: 'gymnasium',
      autoresetMode,
    });
    calls.forEach(({ reset, actions, ...expected }, t) => {
      const where = `call ${t}`;
      if (reset !== undefined) {
        const { seed, mask } = reset;
        const got = envs.reset({
          ...(seed === null ? {} : { seed }),
          ...(mask === null ? {} : { options: { reset_mask: mask } }),
        });
        expectSame(got.observations, expected.observations, `${where}: observations`);
        expectSame(got.infos, ours(expected.infos), `${where}: infos`);
        return;
      }
      const numbers = (actions ?? []).flat();
      const column = id === 'Pendulum-v1' ? Float32Array.from(numbers) : Int32Array.from(numbers);
      const got = envs.step(column as never);
      const { terminations = [], truncations = [] } = expected;
      // Gymnasium's time limit sets its flag also where the world ends the episode; ours does not.
      const only = { truncations: truncations.map((cut, i) => cut && !terminations[i]) };
      expectSame({ ...got }, { ...expected, ...only, infos: ours(expected.infos) } as Json, where);
    });
  });

  test('the runs hold ends of both kinds, and one that Gymnasium calls both', () => {
    const calls = golden.runs.flatMap((run) => run.calls);
    const ends = calls.flatMap(({ terminations = [], truncations = [] }) =>
      terminations.map((end, i) => Number(end) + 2 * Number(truncations[i])),
    );
    for (const kind of [1, 2, 3]) expect(ends.filter((end) => end === kind)).not.toEqual([]);
  });
});

test.each(golden.infos)('infos are merged as Gymnasium merges them, %#', ({ copies, merged }) => {
  const arrays = (value: Json): unknown => {
    if (Array.isArray(value)) return Float64Array.from(value as number[]);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, arrays(part)]));
  };
  const infos = copies.map((info) => arrays(info) as Record<string, unknown>);
  expectSame(mergeInfos(infos), merged, 'merged');
});
