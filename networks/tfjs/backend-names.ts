/**
 * Where TensorFlow.js may do its arithmetic, in the order in which they are tried.
 *
 * | name            | what it needs                                                            |
 * | --------------- | ------------------------------------------------------------------------ |
 * | `tfjs-node-gpu` | Node, `@tensorflow/tfjs-node-gpu` with its addon, CUDA                   |
 * | `tfjs-node`     | Node, `@tensorflow/tfjs-node` with its addon                             |
 * | `webgpu`        | `@tensorflow/tfjs-backend-webgpu`; in Node `webgpu` too, and a GPU driver |
 * | `webgl`         | a browser                                                                |
 * | `cpu`           | `@tensorflow/tfjs` alone                                                 |
 */
export const BACKENDS = ['tfjs-node-gpu', 'tfjs-node', 'webgpu', 'webgl', 'cpu'] as const;

/** The name of a place where TensorFlow.js does its arithmetic. */
export type BackendName = (typeof BACKENDS)[number];
