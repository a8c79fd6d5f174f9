import { checkOneOf } from '../core/check.ts';
import { everyLayer, type NetworkPlan } from './plan.ts';
import { BACKENDS, type BackendName } from './tfjs/backend-names.ts';

/**
 * The name of an engine, or `auto` for the one that suits the network.
 *
 * | name           | what it is                                                            |
 * | -------------- | --------------------------------------------------------------------- |
 * | `simd`         | WebAssembly, the same bits everywhere                                 |
 * | `simd-fast`    | WebAssembly with fused multiply-add, whose bits depend on the machine |
 * | `reference`    | plain TypeScript: slow                                                |
 * | `tfjs-node-gpu`, `tfjs-node`, `webgpu`, `webgl`, `cpu` | TensorFlow.js: see `BACKENDS` |
 */
export type EngineName = 'auto' | 'simd' | 'simd-fast' | 'reference' | BackendName;

/** Every engine by its name. */
export const ENGINE_NAMES: readonly EngineName[] = [
  'auto',
  'simd',
  'simd-fast',
  'reference',
  ...BACKENDS,
];

/** An engine, and why it. */
export interface EngineChoice {
  readonly engine: Exclude<EngineName, 'auto'>;
  /** One sentence. */
  readonly reason: string;
}

/**
 * Multiply-adds of a row from which a convolutional network counts as large. Below, the time that
 * TensorFlow.js takes to start some hundred operations is more than a processor's core takes for all
 * of the work: MinAtar's network has 170 thousand, the one of the Atari DQN 9 million.
 */
export const LARGE_NETWORK = 1_000_000;

/** Whether a network has convolutions and is large enough for a GPU to be worth the way there. */
export function suitsGpu({ layers, heads, multiplyAdds }: NetworkPlan): boolean {
  const every = everyLayer([layers, ...heads.map((head) => head.layers)].flat());
  return multiplyAdds >= LARGE_NETWORK && every.some(({ layer }) => layer.kind === 'conv2d');
}

/**
 * Which engine to use: a GPU for large convolutional networks where there is one, else `simd`.
 *
 * @param gpu The first backend that works on a GPU; `null` if there is none.
 * @param wanted What the user says. Default `auto`.
 * @throws RangeError if there is no engine of that name.
 */
export function chooseEngine(
  plan: NetworkPlan,
  gpu: BackendName | null,
  wanted: EngineName = 'auto',
): EngineChoice {
  const name = parseEngine('engine', wanted);
  if (name !== 'auto') return { engine: name, reason: 'It was asked for.' };
  if (!suitsGpu(plan)) {
    return { engine: 'simd', reason: 'The network is not large enough for a GPU to be faster.' };
  }
  if (gpu === null) return { engine: 'simd', reason: 'There is no GPU that can be used.' };
  return { engine: gpu, reason: 'The network is convolutional and large, and there is a GPU.' };
}

/**
 * The engine that is meant by a word of the command line or of a configuration.
 *
 * @param name Whose it is, for errors: `--engine`.
 * @throws RangeError if there is no engine of that name; it names the nearest one.
 */
export function parseEngine(name: string, text: string): EngineName {
  checkOneOf(name, text, ENGINE_NAMES);
  return text as EngineName;
}
