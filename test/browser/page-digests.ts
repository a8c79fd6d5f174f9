import { mathDigest } from '../core/math-digest.ts';
import { codec } from '../helpers/codec.ts';
import { recordingDigests } from '../helpers/determinism.ts';
import { networkDigests } from '../helpers/network-digest.ts';
import { pictureDigest } from '../helpers/picture-digest.ts';
import { type TrainingDigest, trainingDigests } from '../helpers/training-digest.ts';

/** What must be the same bits in a page as in Node: the trainings run here, inside the page. */
export function digests(): {
  math: string;
  networks: Record<string, string>;
  pictures: string;
  recordings: ReturnType<typeof recordingDigests>;
  trainings: Record<string, TrainingDigest>;
} {
  return {
    math: mathDigest(),
    networks: networkDigests(),
    pictures: pictureDigest(),
    recordings: recordingDigests(codec),
    trainings: trainingDigests(),
  };
}
