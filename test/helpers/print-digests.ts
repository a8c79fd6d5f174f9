/**
 * Prints what must be the same in every engine, as JSON: what `test:engines` compares.
 *
 * With the argument `trainings` it prints what `test/golden/trainings.json` holds; with `fast` what must
 * be the same with wide SIMD and without, on one machine.
 */
import { codec } from '../../node/codec.ts';
import { prepareSimd } from '../../node/prepare-simd.ts';
import { mathDigest } from '../core/math-digest.ts';
import { recordingDigests } from './determinism.ts';
import { networkDigests } from './network-digest.ts';
import { pictureDigest } from './picture-digest.ts';
import { trainingDigests } from './training-digest.ts';

const warning = prepareSimd();
if (warning !== null) throw new Error(warning);

if (process.argv[2] === 'fast') {
  console.log(JSON.stringify(networkDigests('fast')));
} else if (process.argv[2] === 'trainings') {
  console.log(JSON.stringify(trainingDigests(), null, 2));
} else {
  console.log(
    JSON.stringify({
      math: mathDigest(),
      networks: networkDigests(),
      pictures: pictureDigest(),
      recordings: recordingDigests(codec),
      trainings: trainingDigests(),
    }),
  );
}
