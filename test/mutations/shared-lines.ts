import type { MutatedFile } from './mutation.ts';

/** Key lines of what many agents have in common. */
export const SHARED_LINES: readonly MutatedFile[] = [
  {
    of: ['ActionValues'],
    file: 'action-values.ts',
    tests: 'action-values.test.ts',
    breakages: [
      [
        'value > bestValue) {\n        best = action;\n        bestValue = value;\n      }',
        'value < bestValue) {\n        best = action;\n        bestValue = value;\n      }',
        'the greedy action has the highest value',
      ],
      [
        'value > bestValue) {\n        best = action;\n        bestValue = value;\n      }',
        'value >= bestValue) {\n        best = action;\n        bestValue = value;\n      }',
        'the greedy action has the highest value',
      ],
      ['rng.below(numTied)', 'rng.below(1)', 'the greedy action at random is each of those'],
      ['rng.uniform() < epsilon', 'rng.uniform() > epsilon', 'the ε-greedy action is random with'],
      [
        'policy[action] = epsilon / numLegal',
        'policy[action] = epsilon / numActions',
        'the ε-greedy action has the chances that the policy says',
      ],
      ['(1 - epsilon) * best + ', '', 'the ε-greedy action has an expected value'],
    ],
  },
  {
    of: ['random'],
    file: 'uniform-random.ts',
    tests: 'uniform-random.test.ts',
    breakages: [
      [
        'randomLegalAction(this.#rng, space.n, actionMasks, i)',
        'this.#rng.below(space.n)',
        'the random agent takes only legal actions',
      ],
      [
        'sampleRow(space, this.#rng, actions, offset);',
        'offset + 1;',
        'the random agent takes each action as often',
      ],
    ],
  },
  {
    of: ['GivenPolicy'],
    file: 'given-policy.ts',
    tests: 'tabular/prediction.test.ts',
    breakages: [
      ['rest -= chance;', 'rest -= 2 * chance;', 'the policy leaves out illegal actions in'],
      ['rng.uniform() * sum', 'rng.uniform()', 'the policy leaves out illegal actions in'],
    ],
  },
  {
    of: ['StepWindow'],
    file: 'tabular/step-window.ts',
    tests: 'tabular/prediction.test.ts',
    breakages: [
      ['discount * sum', 'sum', 'n-step TD sums n rewards'],
      ['let sum = after', 'let sum = 0', 'n-step TD sums n rewards'],
      ['this.#lengths[copy] === this.capacity ||', '', 'n-step TD sums n rewards'],
    ],
  },
  {
    of: ['Traces'],
    file: 'tabular/traces.ts',
    tests: 'tabular/prediction.test.ts',
    breakages: [
      [
        "'replacing' ? 0",
        "'replacing' ? old",
        'TD(λ) sends the error back to all states by their replacing',
      ],
      ['(1 - stepSize) * old', 'old', 'TD(λ) sends the error back to all states by their dutch'],
      [': old;', ': 0;', 'TD(λ) sends the error back to all states by their accumulating'],
      ['factor * values[start + entry]', 'values[start + entry]', 'TD(λ) sends the error back'],
    ],
  },
  {
    of: ['createEncoder'],
    file: 'deep/parts/observations.ts',
    tests: 'deep/observations.test.ts',
    breakages: [
      ['place += counts[i];', '', 'integers become vectors'],
      ['inputs.fill(0, to, to + inputSize);', '', 'integers become vectors'],
      ['from += size;', 'from += inputSize;', 'integers do so where they are parts'],
      ['to += inputSize;', 'to += size;', 'integers do so where they are parts'],
      [
        'observations[from + order[i]]',
        'observations[order[i]]',
        'images among other parts become',
      ],
      ['scale * observations', 'observations', 'bytes of an image become numbers from 0 to 1'],
      [
        'shape: isAlone ? shapes[0] : [inputSize]',
        'shape: shapes[0]',
        'images among other parts stand',
      ],
    ],
  },
  {
    of: ['imageFeatures'],
    file: 'deep/parts/image-features.ts',
    tests: 'deep/observations.test.ts',
    breakages: [
      ['start += part.length;', '', 'images among other parts have a way of their own'],
      ['|| isImage(shape) ||', '||', 'images among other parts have a way of their own'],
      ['[before[0] + shape[0]]', '[before[0]]', 'images among other parts come before the dense'],
      [
        'parts.some(isImage)',
        'isImage(parts[0])',
        'images among other parts come before the dense',
      ],
    ],
  },
  {
    of: ['slice'],
    file: '../networks/layers/slice.ts',
    tests: '../networks/slice.test.ts',
    breakages: [
      ['wires.input.offset + start', 'wires.input.offset', 'a slice of a vector is a stretch'],
      ['inputGradient.offset + start', 'inputGradient.offset', 'a slice of a vector is a stretch'],
      [
        'kernels.fill(inputGradient.offset, 0, rows * positions * width);',
        '',
        'a slice of a vector is a stretch',
      ],
      ['start + length > input', 'length > input', 'one that is not there is refused'],
      [
        'length, length, rows * positions, 0);\n    },\n    backward',
        'length, length, rows, 0);\n    },\n    backward',
        'of an image it is some of the channels',
      ],
    ],
  },
  {
    of: ['ReplayBuffer'],
    file: '../replay/store/create-observations.ts',
    tests: '../replay/stored-transitions.test.ts',
    breakages: [
      ['2 * stack * numEnvs', '2 * stack', 'shared frames leave room for all transitions of'],
    ],
  },
  {
    of: ['ReplayBuffer'],
    file: '../replay/storage-options.ts',
    tests: '../replay/replay-buffer.test.ts',
    breakages: [
      [' && task.repeats !== false', '', 'options and columns that do not fit observations of 32'],
      [
        'bytes >= WORTH_SHARING',
        'bytes > WORTH_SHARING',
        'options and columns that do not fit obs',
      ],
    ],
  },
  {
    of: ['ReplayBuffer'],
    file: '../replay/store/saved-layout.ts',
    tests: '../replay/restoring.test.ts',
    breakages: [
      ['|| numSteps > 1', '', 'what was saved for another world is refused of other copies'],
      ['shared ||', '', 'what was saved for another world is refused of other copies'],
      [
        'observationSize: rowSize(observationSpace),',
        '',
        'what was saved for another world is refused of other observations',
      ],
    ],
  },
  {
    of: ['RolloutBuffer'],
    file: '../replay/rollout-buffer.ts',
    tests: '../replay/rollout-buffer.test.ts',
    breakages: [
      ['if (this.isFull) this.#isOpen = true;', '', 'a rollout buffer asks for V of the last'],
      ['this.#isOpen = isOpen;', '', 'a rollout buffer asks for V of the last'],
    ],
  },
];
