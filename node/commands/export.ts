import { existsSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { hint, show } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { readSavedNetwork } from '../../networks/saved/saved-network.ts';
import { observationNormalization } from '../../training/saved-normalization.ts';
import { writeFileAtomicSync } from '../atomic-file.ts';
import { decodeCheckpoint } from '../checkpoint-file.ts';
import type { Command } from '../command.ts';
import { EXPORT_FORMATS } from '../export-formats.ts';
import { openFileSource } from '../file-source.ts';
import { type FoundNetwork, findNetworks, isNamed } from '../find-networks.ts';
import { named } from '../named-error.ts';
import { UsageError } from '../usage-error.ts';

const FORMATS = Object.keys(EXPORT_FORMATS);

/** `palaestra export`. */
export const exportNetwork: Command = {
  name: 'export',
  arguments: '<checkpoint> --to <format>',
  summary: 'Writes a network of a checkpoint as ONNX, safetensors or a TensorFlow.js LayersModel.',
  options: {
    to: { type: 'string', value: '<format>', help: FORMATS.join(', ') },
    network: {
      type: 'string',
      value: '<path>',
      help: 'which network, where there are several: its path, or the end of it',
    },
    out: {
      type: 'string',
      value: '<file>',
      help: 'where to write; default the name of the checkpoint, here (tfjs: a folder)',
    },
    help: { type: 'boolean', short: 'h', help: 'show this' },
  },
  examples: [
    'palaestra export runs/cart/checkpoints/step-000000050000.ckpt --to onnx',
    'palaestra export step-000000050000.ckpt --to tfjs --network agent.online --out model',
  ],
  async run({ positionals: [file, ...more], text }) {
    if (file === undefined || more.length > 0) {
      throw new UsageError('palaestra export takes one checkpoint.');
    }
    const format = readFormat(text('to'));
    const target = text('out') ?? `${basename(file, '.ckpt')}${format.ending}`;
    if (existsSync(target)) {
      throw new UsageError(`${target} exists already. Give a name that is free with --out.`);
    }
    const checkpoint = await readCheckpoint(file);
    const { path, saved, normalized } = choose(file, findNetworks(checkpoint), text('network'));
    const shown = readNormalization(file, normalized);
    const beside = `${target.replace(/[/\\]+$/, '')}.normalization.json`;
    if (shown !== null && existsSync(beside)) {
      throw new UsageError(`${beside} exists already. Give a name that is free with --out.`);
    }
    try {
      const network = readSavedNetwork(saved);
      // What stands beside the network first: it is never without.
      if (shown) writeFileAtomicSync(beside, `${JSON.stringify(shown)}\n`);
      format.write(target, network);
      const count = network.plan.parameterCount.toLocaleString('en-US');
      console.log(`${target}: ${path}, ${count} parameters.`);
      if (shown) console.log(`Its observations are normalized: ${beside} says how.`);
      return 0;
    } catch (error) {
      if (shown) rmSync(beside, { force: true });
      throw named(file, error);
    }
  },
};

function readNormalization(file: string, normalized: SavedData | null) {
  try {
    return normalized && observationNormalization(normalized);
  } catch (error) {
    throw named(file, error);
  }
}

function readFormat(name: string | undefined) {
  if (name !== undefined && Object.hasOwn(EXPORT_FORMATS, name)) return EXPORT_FORMATS[name];
  const slip = name === undefined ? '' : ` Got ${show(name)}.${hint(name, FORMATS)}`;
  throw new UsageError(`palaestra export needs --to with one of ${FORMATS.join(', ')}.${slip}`);
}

async function readCheckpoint(file: string): Promise<SavedData> {
  const source = await openFileSource(file);
  try {
    return decodeCheckpoint(await source.read(0, source.size));
  } catch (error) {
    throw named(file, error);
  } finally {
    await source.close();
  }
}

/** The only network, or the one that is named. */
function choose(
  file: string,
  found: readonly FoundNetwork[],
  name: string | undefined,
): FoundNetwork {
  if (found.length === 0) throw new Error(`${file}: this checkpoint holds no network.`);
  const exact = found.filter(({ path }) => path === name);
  const meant = name === undefined ? found : found.filter(({ path }) => isNamed(path, name));
  if (exact.length === 1) return exact[0];
  if (meant.length === 1) return meant[0];
  const paths = found.map(({ path }) => path);
  const all = paths.join(', ');
  if (name === undefined) {
    throw new UsageError(
      `${file} holds ${found.length} networks. Choose one with --network: ${all}.`,
    );
  }
  const what = meant.length === 0 ? 'no network' : `${meant.length} networks`;
  throw new UsageError(
    `${file} holds ${what} named ${show(name)}.${hint(name, paths)} Networks: ${all}.`,
  );
}
