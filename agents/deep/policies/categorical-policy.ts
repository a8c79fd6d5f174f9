import { exp, log, writeExponentials } from '../../../core/math.ts';
import { dense } from '../../../networks/layers/dense.ts';
import type { PolicyForm } from './policy-form.ts';

/**
 * A softmax over actions that can be counted: outputs are logits z.
 *
 *     log π(a) = z_a − log Σ e^z,   ∂ log π(a) / ∂ z_b = [a = b] − π(b)
 *     H = −Σ π log π,               ∂ H / ∂ z_b = −π(b) (log π(b) + H)
 *
 *     KL(p ‖ π) = Σ p (log p − log π),  ∂ KL / ∂ z_b = π(b) − p(b)
 *
 * Illegal actions have chance 0, and no gradient.
 *
 * @param gain Of the orthogonal start of the head: small, so that the first policy is nearly uniform.
 */
export function categoricalPolicy(numActions: number, gain: number): PolicyForm {
  const policy = new Float64Array(numActions); // π(· | s) of the row at hand
  const logs = new Float64Array(numActions); // log π(· | s)

  /** Fills `policy` and `logs`. */
  function spread(outputs: Float32Array, first: number, masks?: Uint8Array, row = 0): void {
    let highest = -Infinity;
    for (let a = 0; a < numActions; a++) {
      const legal = masks === undefined || masks[row * numActions + a] === 1;
      logs[a] = legal ? outputs[first + a] : -Infinity;
      if (logs[a] > highest) highest = logs[a];
    }
    if (highest === -Infinity) highest = 0; // where nothing is legal, nothing has a chance
    for (let a = 0; a < numActions; a++) logs[a] -= highest;
    writeExponentials(logs, 0, numActions, policy);
    let sum = 0;
    for (let a = 0; a < numActions; a++) sum += policy[a];
    if (sum === 0) return;
    const logSum = log(sum);
    for (let a = 0; a < numActions; a++) {
      policy[a] /= sum;
      logs[a] -= logSum;
    }
  }

  function entropy(): number {
    let sum = 0;
    for (let a = 0; a < numActions; a++) if (policy[a] > 0) sum -= policy[a] * logs[a];
    return sum;
  }

  return {
    head: [dense(numActions, { initializer: { kind: 'orthogonal', gain } })],
    size: numActions,
    actionSize: 1,
    policySize: numActions, // log π
    parts: {},

    draw(outputs, first, rng, actions, row, masks) {
      spread(outputs, first, masks, row);
      let left = rng.uniform();
      let last = 0; // rounding may leave a little beyond the last legal one
      for (let a = 0; a < numActions; a++) {
        if (policy[a] === 0) continue;
        last = a;
        left -= policy[a];
        if (left < 0) break;
      }
      actions[row] = last;
    },

    choose(outputs, first, actions, row, masks) {
      let best = -1;
      for (let a = 0; a < numActions; a++) {
        if (masks !== undefined && masks[row * numActions + a] === 0) continue;
        if (best < 0 || outputs[first + a] > outputs[first + best]) best = a;
      }
      actions[row] = Math.max(0, best);
    },

    evaluate(outputs, first, actions, row, result, masks) {
      spread(outputs, first, masks, row);
      result[0] = logs[actions[row]];
      result[1] = entropy();
    },

    writeGradient(outputs, first, actions, row, byLog, byEntropy, gradients, masks) {
      spread(outputs, first, masks, row);
      const h = byEntropy === 0 ? 0 : entropy();
      for (let a = 0; a < numActions; a++) {
        if (policy[a] === 0) {
          gradients[first + a] = 0;
          continue;
        }
        const taken = a === actions[row] ? 1 : 0;
        const byChance = byEntropy === 0 ? 0 : byEntropy * policy[a] * (logs[a] + h);
        gradients[first + a] = byLog * (taken - policy[a]) - byChance;
      }
    },

    describe(outputs, first, policies, row, masks) {
      spread(outputs, first, masks, row);
      policies.set(logs, row * numActions);
    },

    divergence(outputs, first, policies, row, result, masks) {
      spread(outputs, first, masks, row);
      result[0] = 0;
      for (let a = 0; a < numActions; a++) {
        const old = policies[row * numActions + a];
        const chance = exp(old);
        if (chance > 0) result[0] += chance * (old - logs[a]);
      }
    },

    addDivergenceGradient(outputs, first, policies, row, byDivergence, gradients, masks) {
      spread(outputs, first, masks, row);
      for (let a = 0; a < numActions; a++) {
        const old = exp(policies[row * numActions + a]);
        gradients[first + a] += byDivergence * (policy[a] - old);
      }
    },

    update() {},

    chances(outputs, first, masks) {
      spread(outputs, first, masks);
      return policy.slice();
    },
  };
}
