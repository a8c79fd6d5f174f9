import { expect, test } from 'vitest';
import { agentEntries } from '../../../agents/registry.ts';
import { goldenTrainings } from '../../helpers/golden-trainings.ts';
import { trainingDigests } from '../../helpers/training-digest.ts';

const RECORD =
  'If learning was meant to change: npx tsx test/helpers/print-digests.ts trainings > test/golden/trainings.json';

// Other engines are held to the same file: test/engines.ts, test/browser/determinism.test.ts.
test('every deep agent has the curve and the parameters that it had in Node 20', () => {
  const [digests, golden] = [trainingDigests(), goldenTrainings()];
  expect(Object.keys(digests), RECORD).toEqual(Object.keys(golden));
  for (const [title, digest] of Object.entries(digests)) {
    expect(digest, `${title}. ${RECORD}`).toEqual(golden[title]);
  }
});

test('none is left out, and every one has ended episodes and has learned', () => {
  const golden = Object.entries(goldenTrainings());
  for (const { name } of agentEntries().filter(({ family }) => family === 'deep')) {
    const mine = golden.filter(([title]) => title.startsWith(`${name} on `));
    expect(mine.length, name).toBeGreaterThan(0);
    for (const [title, { curve, updates }] of mine) {
      expect(curve.split(' ').length, title).toBeGreaterThan(10);
      expect(updates, title).toBeGreaterThan(5);
    }
  }
});
