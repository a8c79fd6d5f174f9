import { chooseEngine, type EngineChoice, type EngineName, suitsGpu } from './choose-engine.ts';
import { cpuEngine } from './cpu-engine.ts';
import { EngineLearner } from './engine-learner.ts';
import type { Learner, LearnerOptions } from './learner.ts';
import { planNetwork } from './plan.ts';
import type { NetworkSpecification } from './specification/network-specification.ts';
import type { Attempt } from './tfjs/attempt.ts';
import type { BackendName } from './tfjs/backend-names.ts';
import type { FoundBackend as Found } from './tfjs/open-backend.ts';
import type { PackageImporter } from './tfjs/packages.ts';

/** How to make a learner, and on what. */
export interface OpenLearnerOptions extends LearnerOptions {
  /** Default `auto`. */
  readonly engine?: EngineName;
  /** How TensorFlow.js is imported, where it is. Default as this library finds its packages. */
  readonly importer?: PackageImporter;
}

/** A learner, and how it came to be on its engine. */
export interface OpenedLearner {
  readonly learner: Learner;
  readonly choice: EngineChoice;
  /** Backends of TensorFlow.js that were tried; none for small networks. */
  readonly attempts: readonly Attempt[];
  /** Gives back the learner and what was opened for it. */
  dispose(): void;
}

/**
 * Makes a learner on the engine that suits its network, or on the one that is asked for.
 *
 * TensorFlow.js is imported only where it is to be used: for large convolutional networks, to see
 * whether there is a GPU.
 *
 * @throws RangeError if an option is unknown or out of range. Error if the engine that is asked for
 *   does not work here, which says why.
 */
export async function openLearner(
  specification: NetworkSpecification,
  options: OpenLearnerOptions,
): Promise<OpenedLearner> {
  const { engine: wanted = 'auto', importer, ...learning } = options;
  const plan = planNetwork(specification);
  const seeksGpu = wanted === 'auto' && suitsGpu(plan);
  const { backend, attempts } = seeksGpu ? await findGpu(importer) : NOTHING_TRIED;
  const choice = chooseEngine(plan, backend?.name ?? null, wanted);
  const { engine } = choice;
  if (engine === 'simd' || engine === 'simd-fast' || engine === 'reference') {
    const learner = new EngineLearner(cpuEngine(engine), specification, learning);
    return { learner, choice, attempts, dispose: () => learner.dispose() };
  }
  const opened =
    backend === null ? await openNamed(engine, importer) : { backend, attempts: [...attempts] };
  const { TfjsLearner } = await import('./tfjs/learner.ts');
  const learner = new TfjsLearner(opened.backend, specification, learning);
  const dispose = () => {
    learner.dispose();
    opened.backend.dispose();
  };
  return { learner, choice, attempts: opened.attempts, dispose };
}

const NOTHING_TRIED: Found = { backend: null, attempts: [] };

async function findGpu(importer: PackageImporter | undefined): Promise<Found> {
  const { findGpuBackend } = await import('./tfjs/open-backend.ts');
  return findGpuBackend(importer);
}

async function openNamed(name: BackendName, importer: PackageImporter | undefined) {
  const { openBackend } = await import('./tfjs/open-backend.ts');
  return openBackend({ backend: name, ...(importer === undefined ? {} : { importer }) });
}
