import { tanh } from '../../core/math.ts';
import type { RecurrentKernels } from '../kernels/recurrent.ts';
import { sigmoid } from '../logistic.ts';
import type { NumbersOf } from './numbers-of.ts';

/** Recurrent cells by their formulas, in plain TypeScript. */
export function recurrentKernels(heap: NumbersOf): RecurrentKernels {
  return {
    lstmForward(batch, units, gates, cell, nextCell, hidden) {
      const { numbers } = heap;
      for (let k = 0; k < batch * units; k++) {
        const at = gates + firstGate(k, units, 4);
        const i = sigmoid(numbers[at]);
        const f = sigmoid(numbers[at + units]);
        const g = tanh(numbers[at + 2 * units]);
        const o = sigmoid(numbers[at + 3 * units]);
        const c = f * numbers[cell + k] + i * g;
        numbers[at] = i;
        numbers[at + units] = f;
        numbers[at + 2 * units] = g;
        numbers[at + 3 * units] = o;
        numbers[nextCell + k] = c;
        numbers[hidden + k] = o * tanh(c);
      }
    },

    lstmBackward(batch, units, gates, cell, nextCell, dHidden, dCell, dGates) {
      const { numbers } = heap;
      for (let k = 0; k < batch * units; k++) {
        const first = firstGate(k, units, 4);
        const at = gates + first;
        const i = numbers[at];
        const f = numbers[at + units];
        const g = numbers[at + 2 * units];
        const o = numbers[at + 3 * units];
        const squashed = tanh(numbers[nextCell + k]);
        const dh = numbers[dHidden + k];
        const dc = numbers[dCell + k] + dh * o * (1 - squashed * squashed);
        const to = dGates + first;
        numbers[to] = dc * g * i * (1 - i);
        numbers[to + units] = dc * numbers[cell + k] * f * (1 - f);
        numbers[to + 2 * units] = dc * i * (1 - g * g);
        numbers[to + 3 * units] = dh * squashed * o * (1 - o);
        numbers[dCell + k] = dc * f;
      }
    },

    gruForward(batch, units, gates, recurrent, hidden, nextHidden) {
      const { numbers } = heap;
      for (let k = 0; k < batch * units; k++) {
        const first = firstGate(k, units, 3);
        const at = gates + first;
        const from = recurrent + first;
        const r = sigmoid(numbers[at] + numbers[from]);
        const z = sigmoid(numbers[at + units] + numbers[from + units]);
        const n = tanh(numbers[at + 2 * units] + r * numbers[from + 2 * units]);
        numbers[at] = r;
        numbers[at + units] = z;
        numbers[at + 2 * units] = n;
        numbers[nextHidden + k] = (1 - z) * n + z * numbers[hidden + k];
      }
    },

    gruBackward(batch, units, gates, recurrent, hidden, dNextHidden, dGates, dRecurrent, dHidden) {
      const { numbers } = heap;
      for (let k = 0; k < batch * units; k++) {
        const first = firstGate(k, units, 3);
        const r = numbers[gates + first];
        const z = numbers[gates + first + units];
        const n = numbers[gates + first + 2 * units];
        const dh = numbers[dNextHidden + k];
        const dn = dh * (1 - z) * (1 - n * n);
        const dr = dn * numbers[recurrent + first + 2 * units] * r * (1 - r);
        const dz = dh * (numbers[hidden + k] - n) * z * (1 - z);
        numbers[dGates + first] = dr;
        numbers[dGates + first + units] = dz;
        numbers[dGates + first + 2 * units] = dn;
        numbers[dRecurrent + first] = dr;
        numbers[dRecurrent + first + units] = dz;
        numbers[dRecurrent + first + 2 * units] = dn * r;
        numbers[dHidden + k] = dh * z;
      }
    },
  };
}

/** Where the first of the gates of unit k % units in row ⌊k / units⌋ is. */
function firstGate(k: number, units: number, gates: number): number {
  return k + (gates - 1) * units * Math.floor(k / units);
}
