// Weights with factorized noise.

import { at, multiplyAdd, storeFirst } from './lanes';

export function perturb(
  inputs: i32,
  outputs: i32,
  mean: i32,
  deviation: i32,
  inputNoise: i32,
  outputNoise: i32,
  weights: i32,
): void {
  for (let i = 0; i < inputs; i++) {
    const ofInput = v128.load32_splat(at(inputNoise + i));
    for (let j = 0; j < outputs; j += 4) {
      const place = at(i * outputs + j);
      const noise = f32x4.mul(ofInput, v128.load(at(outputNoise + j)));
      const size = v128.load(at(deviation) + place);
      const sum = multiplyAdd(size, noise, v128.load(at(mean) + place));
      storeFirst(at(weights) + place, sum, outputs - j);
    }
  }
}

export function perturbBackward(
  inputs: i32,
  outputs: i32,
  weightsGradient: i32,
  inputNoise: i32,
  outputNoise: i32,
  meanGradient: i32,
  deviationGradient: i32,
): void {
  for (let i = 0; i < inputs; i++) {
    const ofInput = v128.load32_splat(at(inputNoise + i));
    for (let j = 0; j < outputs; j += 4) {
      const place = at(i * outputs + j);
      const noise = f32x4.mul(ofInput, v128.load(at(outputNoise + j)));
      const gradient = v128.load(at(weightsGradient) + place);
      const mean = at(meanGradient) + place;
      const deviation = at(deviationGradient) + place;
      storeFirst(mean, f32x4.add(v128.load(mean), gradient), outputs - j);
      storeFirst(deviation, multiplyAdd(gradient, noise, v128.load(deviation)), outputs - j);
    }
  }
}
