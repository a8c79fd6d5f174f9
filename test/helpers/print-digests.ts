/** Prints what must be the same in every engine, as JSON: what `test:engines` compares. */
import { codec } from '../../node/codec.ts';
import { mathDigest } from '../core/math-digest.ts';
import { recordingDigests } from './determinism.ts';
import { networkDigests } from './network-digest.ts';
import { pictureDigest } from './picture-digest.ts';

console.log(
  JSON.stringify({
    math: mathDigest(),
    networks: networkDigests(),
    pictures: pictureDigest(),
    recordings: recordingDigests(codec),
  }),
);
