import { ENGINE_NAMES, type EngineName, LARGE_NETWORK } from '../../networks/choose-engine.ts';
import { wideSimdAdvice } from '../prepare-simd.ts';
import { formatTable } from '../table.ts';
import type { EngineReport } from './probe-engine.ts';
import { probeInProcess } from './probe-process.ts';
import { SAMPLE_NETWORKS } from './sample-networks.ts';

/** What to look at, and how to say it. */
export interface Examination {
  /** `auto` for all of them. */
  readonly engine: EngineName;
  /** Where TensorFlow.js is looked for first. */
  readonly folder: string;
  /** For each engine and network, in milliseconds. */
  readonly budget: number;
  readonly json: boolean;
}

/**
 * Tries engines, one after the other, and prints what was found.
 *
 * @returns the exit code: 1 if none works.
 */
export async function examine({ engine, folder, budget, json }: Examination): Promise<number> {
  const names = ENGINE_NAMES.filter((name) => name !== 'auto');
  const reports: EngineReport[] = [];
  for (const name of engine === 'auto' ? names : [engine]) {
    reports.push(await probeInProcess(name, folder, budget));
  }
  if (json) console.log(reportJson(reports));
  else
    console.log(
      [...reportLines(reports), ...(engine === 'auto' ? verdict(reports) : [])].join('\n'),
    );
  return reports.some(({ works }) => works) ? 0 : 1;
}

/** The first engine on a graphics processor, in the order in which they are tried. */
function firstGpu(reports: readonly EngineReport[]): EngineReport | undefined {
  return reports.find(({ works, isGpu }) => works && isGpu);
}

function reportJson(reports: readonly EngineReport[]): string {
  const gpu = firstGpu(reports)?.engine ?? null;
  const { node, v8 } = process.versions;
  const machine = { node, v8, platform: process.platform, arch: process.arch };
  const networks = SAMPLE_NETWORKS.map(({ name, rows }) => ({ name, rows }));
  return JSON.stringify(
    { ...machine, networks, engines: reports, small: 'simd', large: gpu ?? 'simd' },
    null,
    2,
  );
}

function reportLines(reports: readonly EngineReport[]): string[] {
  const head = ['engine', ...SAMPLE_NETWORKS.map(({ name }) => name), 'what it is'];
  const rows = reports.map(({ engine, works, times, message }) => [
    engine,
    ...SAMPLE_NETWORKS.map((_, i) => (i < times.length ? showTime(times[i].milliseconds) : '–')),
    works ? message : `does not work: ${message}`,
  ]);
  const { version, platform, arch } = process;
  return [
    `Node ${version} on ${platform} ${arch}. Times are of one update: ${SAMPLE_NETWORKS[0].rows} rows, Huber's loss, Adam.`,
    '',
    formatTable(head, rows),
  ];
}

function verdict(reports: readonly EngineReport[]): string[] {
  const gpu = firstGpu(reports);
  const advice = wideSimdAdvice();
  const large = `Convolutional networks of ${LARGE_NETWORK.toLocaleString('en-US')} multiply-adds or more`;
  return [
    '',
    'Networks run on simd by default: for small ones the way to a GPU takes longer than the work.',
    gpu === undefined
      ? `${large} would run on a GPU, but there is none that can be used. See docs/gpu.md.`
      : `${large} run on ${gpu.engine}: ${gpu.message}.`,
    ...(advice === null ? [] : [advice]),
  ];
}

function showTime(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;
}
