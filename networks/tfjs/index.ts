export type { Attempt } from './attempt.ts';
export type { Backend, Device } from './backend.ts';
export { BACKENDS, type BackendName } from './backend-names.ts';
export { TfjsEngine } from './engine.ts';
export { TfjsLearner } from './learner.ts';
export {
  type FoundBackend,
  findGpuBackend,
  type OpenedBackend,
  type OpenOptions,
  openBackend,
  tryBackend,
} from './open-backend.ts';
export type { PackageImporter } from './packages.ts';
