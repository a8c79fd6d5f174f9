import { existsSync } from 'node:fs';
import { hint, show } from '../../core/check.ts';
import { restoreRng } from '../../core/restore-rng.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { openRecording } from '../../training/recording/reader.ts';
import type { EpisodeEntry, Recording } from '../../training/recording/recording.ts';
import { repairRecording } from '../../training/recording/repair.ts';
import { verifyRecording } from '../../training/recording/verify.ts';
import { writeFileAtomicSync } from '../atomic-file.ts';
import { codec } from '../codec.ts';
import type { Command } from '../command.ts';
import { openFileSource } from '../file-source.ts';
import { named } from '../named-error.ts';
import { formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';

const VERBS = ['info', 'verify', 'repair'] as const;

/** `palaestra rec`. */
export const rec: Command = {
  name: 'rec',
  arguments: 'info|verify|repair <file> [repaired]',
  summary: 'Shows what a recording holds, runs it again to verify it, or repairs a damaged one.',
  options: { help: { type: 'boolean', short: 'h', help: 'show this' } },
  examples: [
    'palaestra rec info runs/q-learning-FrozenLake-v1-seed0/episodes/best.rlrec',
    'palaestra rec verify runs/q-learning-FrozenLake-v1-seed0/episodes/best.rlrec',
    'palaestra rec repair broken.rlrec repaired.rlrec',
  ],
  async run({ positionals: [verb, file, target, ...more] }) {
    if (!VERBS.some((known) => known === verb)) {
      const slip = verb === undefined ? '' : ` got ${show(verb)}.${hint(verb, VERBS)}`;
      throw new UsageError(`palaestra rec takes info, verify or repair and a file.${slip}`);
    }
    const takesTarget = verb === 'repair';
    if (file === undefined || (target === undefined) === takesTarget || more.length > 0) {
      throw new UsageError(
        `palaestra rec ${verb} takes ${takesTarget ? 'two files: the damaged one and a new one' : 'one file'}.`,
      );
    }
    if (verb === 'repair') return repair(file, target);
    return withRecording(file, verb === 'info' ? info : verify);
  },
};

async function withRecording(
  file: string,
  use: (recording: Recording, file: string) => Promise<number>,
): Promise<number> {
  const source = await openFileSource(file);
  try {
    return await use(await openRecording(source, codec), file);
  } catch (error) {
    throw named(file, error);
  } finally {
    await source.close();
  }
}

async function info({ manifest, complete, episodes }: Recording, file: string): Promise<number> {
  const { env, agent, channels, math, writer } = manifest;
  const names = channels.map(({ name, dtype, shape }) => `${name} ${dtype}[${shape.join('×')}]`);
  console.log(
    `${file}${complete ? '' : '  (incomplete: its writer was interrupted, or it is damaged)'}`,
  );
  console.log(`world     ${env.id} ${JSON.stringify(env.options)}`);
  for (const { name, options } of env.wrappers) {
    console.log(`wrapper   ${name} ${JSON.stringify(options)}`);
  }
  if (agent) console.log(`agent     ${agent.name} ${JSON.stringify(agent.options)}`);
  console.log(`channels  ${names.join(', ')}`);
  console.log(`written   by ${writer.name} ${writer.version}, math ${math}\n`);
  const head = ['episode', 'steps', 'return', 'outcome', 'seed', 'agent steps', 'tags'];
  console.log(formatTable(head, episodes.slice(0, 100).map(episodeRow)));
  if (episodes.length > 100) console.log(`… and ${episodes.length - 100} more`);
  return 0;
}

function episodeRow({ meta, end, length }: EpisodeEntry): string[] {
  return [
    String(meta.number),
    String(length),
    end ? String(Number(end.episodeReturn.toPrecision(12))) : '–',
    end?.outcome ?? 'unfinished',
    String(meta.seed),
    String(meta.agentSteps),
    end?.tags.join(' ') ?? '',
  ];
}

async function verify(recording: Recording): Promise<number> {
  const { math } = recording.manifest;
  const result = await verifyRecording(recording, makeDynamics, restoreRng);
  const { episodes, steps, exact, firstDifference } = result;
  const count = (n: number) => n.toLocaleString('en-US');
  console.log(
    `${count(episodes)} ${episodes === 1 ? 'episode' : 'episodes'}, ${count(steps)} steps: hashes and rewards ${count(exact)}/${count(steps)} exact (math ${math}, node ${process.versions.node})`,
  );
  if (firstDifference === null) return 0;
  const { episode, step, what, recorded, simulated } = firstDifference;
  console.log(
    `First difference: episode ${episode}, step ${step}: ${what} recorded ${recorded}, simulated ${simulated}.`,
  );
  return 1;
}

async function repair(file: string, target: string): Promise<number> {
  if (existsSync(target)) {
    throw new UsageError(`${target} exists already. Give a name that is free.`);
  }
  const source = await openFileSource(file);
  try {
    const chunks: Uint8Array[] = [];
    const report = await repairRecording(source, codec, (chunk) => chunks.push(chunk));
    writeFileAtomicSync(target, Buffer.concat(chunks));
    console.log(`${target}: ${report.episodes} episodes, ${report.steps} steps kept.`);
    for (const line of report.dropped) console.log(`Lost: ${line}`);
    return 0;
  } catch (error) {
    throw named(file, error);
  } finally {
    await source.close();
  }
}
