import type { EngineName } from '../../networks/choose-engine.ts';
import { cpuEngine } from '../../networks/cpu-engine.ts';
import { EngineLearner } from '../../networks/engine-learner.ts';
import type { Learner } from '../../networks/learner.ts';
import type { NetworkSpecification } from '../../networks/specification/network-specification.ts';
import type { BackendName } from '../../networks/tfjs/backend-names.ts';
import { TfjsLearner } from '../../networks/tfjs/learner.ts';
import { tryBackend } from '../../networks/tfjs/open-backend.ts';
import type { PackageImporter } from '../../networks/tfjs/packages.ts';
import { SAMPLE_LEARNING, SAMPLE_NETWORKS, sampleBatch } from './sample-networks.ts';
import { timeUpdates, type UpdateTime } from './time-updates.ts';

/** What was found out about an engine. */
export interface EngineReport {
  readonly engine: Exclude<EngineName, 'auto'>;
  readonly works: boolean;
  readonly isGpu: boolean;
  /** What it is; or in one sentence why it does not work, and what to do. */
  readonly message: string;
  /** Of one update of each of `SAMPLE_NETWORKS`, as far as they do not take too long. */
  readonly times: readonly UpdateTime[];
}

const SLOW = 50; // ms: the next network would take a hundred times as long

/**
 * Tries an engine and times it; never throws.
 *
 * @param budget For each of the networks, in milliseconds.
 */
export async function probeEngine(
  engine: EngineReport['engine'],
  importer: PackageImporter,
  budget: number,
): Promise<EngineReport> {
  try {
    const opened = await open(engine, importer);
    if (opened.make === null) return failed(engine, opened.message);
    const times: UpdateTime[] = [];
    for (const sample of SAMPLE_NETWORKS) {
      if ((times.at(-1)?.milliseconds ?? 0) > SLOW) break;
      const learner = opened.make(sample.specification);
      times.push(await timeUpdates(learner, sampleBatch(sample), budget));
      learner.dispose();
    }
    const { message, isGpu } = opened;
    return { engine, works: true, isGpu, message, times };
  } catch (error) {
    return failed(engine, error instanceof Error ? error.message : String(error));
  }
}

/** The report of an engine that does not work. */
export function failed(engine: EngineReport['engine'], message: string): EngineReport {
  return { engine, works: false, isGpu: false, message, times: [] };
}

interface Opened {
  readonly message: string;
  readonly isGpu: boolean;
  readonly make: ((specification: NetworkSpecification) => Learner) | null;
}

const DESCRIPTIONS = {
  simd: 'WebAssembly, the same bits everywhere',
  'simd-fast': 'WebAssembly with fused multiply-add',
  reference: 'plain TypeScript',
} as const;

async function open(name: EngineReport['engine'], importer: PackageImporter): Promise<Opened> {
  if (name === 'simd' || name === 'simd-fast' || name === 'reference') {
    const engine = cpuEngine(name);
    const make = (specification: NetworkSpecification) =>
      new EngineLearner(engine, specification, SAMPLE_LEARNING);
    return { message: DESCRIPTIONS[name], isGpu: false, make };
  }
  const { attempt, backend } = await tryBackend(name satisfies BackendName, importer);
  if (backend === null) return { message: attempt.message, isGpu: false, make: null };
  const make = (specification: NetworkSpecification) =>
    new TfjsLearner(backend, specification, SAMPLE_LEARNING);
  return { message: attempt.message, isGpu: backend.isGpu, make };
}
