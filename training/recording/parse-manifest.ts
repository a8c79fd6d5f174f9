import { show } from '../../core/check.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import { CHANNEL_TYPES, MAX_BLOCK_BYTES, stepLayout } from './channel-layout.ts';
import { readFields, readInteger, readList, readOneOf, readText, wrong } from './guards.ts';
import type { Channel, Manifest } from './manifest.ts';

/** The newest version of the format that is written and read. */
export const RECORDING_VERSION = 1;

const MAX_CHANNELS = 256;
const MAX_DIMENSIONS = 8;
const MAX_BLOCK_STEPS = 65_536;
const MAX_NAME = 200; // characters

/**
 * Checks a manifest, from a file or from a caller.
 *
 * @param json Parsed JSON; keys that are not known are left out.
 * @returns a fresh manifest; `env.options` and the like are passed on as they came.
 * @throws Error if something is missing, of the wrong kind, beyond its limit, or of a newer version.
 */
export function parseManifest(json: unknown): Manifest {
  const fields = readFields('manifest', json);
  if (fields.format !== 'rlrec') throw wrong('manifest.format', '"rlrec"', fields.format);
  checkVersion(fields.version);
  const channels = readChannels(fields.channels);
  const blockSteps = readInteger('manifest.blockSteps', fields.blockSteps, 1, MAX_BLOCK_STEPS);
  checkBlock(channels, blockSteps);
  const writer = readFields('manifest.writer', fields.writer);
  return {
    format: 'rlrec',
    version: RECORDING_VERSION,
    env: readEnv(fields.env),
    agent: fields.agent === null ? null : readNamed('manifest.agent', fields.agent),
    math: readOneOf('manifest.math', fields.math, ['portable-1', 'native']),
    writer: {
      name: readText('manifest.writer.name', writer.name, 0, MAX_NAME),
      version: readText('manifest.writer.version', writer.version, 0, MAX_NAME),
    },
    channels,
    blockSteps,
  };
}

function checkVersion(version: unknown): void {
  const number = readInteger('manifest.version', version, 1);
  if (number <= RECORDING_VERSION) return;
  throw new Error(
    `manifest.version must be at most ${RECORDING_VERSION}, got ${number}. A newer Palaestra has written this recording: update to read it.`,
  );
}

function readEnv(json: unknown): Manifest['env'] {
  const fields = readFields('manifest.env', json);
  const wrappers = readList('manifest.env.wrappers', fields.wrappers, 100);
  return {
    id: readText('manifest.env.id', fields.id, 1, MAX_NAME),
    options: readFields('manifest.env.options', fields.options),
    wrappers: wrappers.map((wrapper, i): EnvSpec['wrappers'][number] =>
      readNamed(`manifest.env.wrappers[${i}]`, wrapper),
    ),
    observationSpace: readFields('manifest.env.observationSpace', fields.observationSpace),
    actionSpace: readFields('manifest.env.actionSpace', fields.actionSpace),
  };
}

function readNamed(path: string, json: unknown) {
  const { name, options } = readFields(path, json);
  return {
    name: readText(`${path}.name`, name, 1, MAX_NAME),
    options: readFields(`${path}.options`, options),
  };
}

function readChannels(json: unknown): readonly Channel[] {
  const channels = readList('manifest.channels', json, MAX_CHANNELS).map(readChannel);
  const names = new Set<string>();
  for (const { name } of channels) {
    if (names.has(name)) {
      throw new Error(`manifest.channels: each name must occur once, got ${show(name)} twice.`);
    }
    names.add(name);
  }
  return channels;
}

function readChannel(json: unknown, index: number): Channel {
  const path = `manifest.channels[${index}]`;
  const fields = readFields(path, json);
  const name = readText(`${path}.name`, fields.name, 1, MAX_NAME);
  if (name === '__proto__') throw wrong(`${path}.name`, 'another name', name);
  const dtype = readOneOf(`${path}.dtype`, fields.dtype, CHANNEL_TYPES);
  const extents = readList(`${path}.shape`, fields.shape, MAX_DIMENSIONS);
  const shape = extents.map((extent, i) =>
    readInteger(`${path}.shape[${i}]`, extent, 1, MAX_BLOCK_BYTES),
  );
  if (dtype === 'json' && shape.length > 0) {
    throw wrong(`${path}.shape`, '[] for a json channel', shape);
  }
  return { name, dtype, shape };
}

function checkBlock(channels: readonly Channel[], blockSteps: number): void {
  const { storedBytes, memoryBytes } = stepLayout(channels);
  const bytes = blockSteps * Math.max(storedBytes, memoryBytes);
  if (bytes <= MAX_BLOCK_BYTES) return;
  throw new Error(
    `manifest: a full block must have at most ${MAX_BLOCK_BYTES} bytes, got ${bytes}. Use fewer blockSteps than ${blockSteps}.`,
  );
}
