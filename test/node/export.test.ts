import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { A2c } from '../../agents/deep/policy-gradient/a2c.ts';
import type { SavedData } from '../../core/saved.ts';
import { pendulum } from '../../envs/control/pendulum.ts';
import { fromSafetensors } from '../../networks/export/network-safetensors.ts';
import { toOnnx } from '../../networks/export/onnx/onnx.ts';
import { dense } from '../../networks/layers/dense.ts';
import { gru } from '../../networks/layers/gru.ts';
import type { Network } from '../../networks/network.ts';
import { saveNetwork } from '../../networks/saved/saved-network.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../node/checkpoint-file.ts';
import { main } from '../../node/cli.ts';
import { findNetworks, isNamed } from '../../node/find-networks.ts';
import { NormalizedAgent } from '../../training/normalized-agent.ts';
import type { ObservationNormalization } from '../../training/saved-normalization.ts';
import { learn } from '../helpers/learn.ts';
import { palaestra, temporaryFolder } from '../helpers/program.ts';
import { mostApart, normalDraws, trainedExample } from '../helpers/trained-example.ts';

const HEADS = { policy: [dense(2)], value: [dense(1)] };

function example(hidden: number): Network<Float32Array> {
  return trainedExample({ input: [3], layers: mlp({ hidden: [hidden] }), heads: HEADS });
}

/** A checkpoint in a folder of its own, with these networks in the agent. */
function checkpointWith(networks: Readonly<Record<string, SavedData>>): string {
  const agent = { kind: 'agent', version: 1, epsilon: 0.5, values: new Float32Array(3), networks };
  const bytes = encodeCheckpoint({ steps: 7, metricsBytes: 0, session: { agent } });
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'step-7.ckpt'), bytes);
  return folder;
}

/** Runs the program here, without a process of its own. */
async function run(...argv: string[]): Promise<{ code: number; output: string }> {
  const lines: string[] = [];
  const { log, error } = console;
  console.log = (line: string) => lines.push(line);
  console.error = (line: string) => lines.push(line);
  try {
    return { code: await main(['export', ...argv]), output: lines.join('\n') };
  } finally {
    console.log = log;
    console.error = error;
  }
}

describe('palaestra export', () => {
  test('writes the only network beside whatever else there is, as the program does', async () => {
    const network = example(4);
    const folder = checkpointWith({ online: saveNetwork(network) });
    const { code, stdout } = await palaestra(['export', 'step-7.ckpt', '--to', 'onnx'], folder);
    expect(stdout).toBe('step-7.onnx: session.agent.networks.online, 31 parameters.\n');
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['step-7.ckpt', 'step-7.onnx']);
    expect(new Uint8Array(readFileSync(join(folder, 'step-7.onnx')))).toEqual(toOnnx(network));
  });

  test('writes how observations are normalized beside a network that sees them so', async () => {
    const world = pendulum();
    const agent = new NormalizedAgent(world, (task) => new A2c(task, { numSteps: 5 }));
    learn(agent, world, { steps: 12 });
    const folder = temporaryFolder();
    const file = join(folder, 'a.ckpt');
    writeFileSync(file, encodeCheckpoint({ steps: 12, metricsBytes: 0, agent: agent.save() }));
    const out = join(folder, 'a.onnx');
    const to = ['--to', 'onnx', '--network', 'network.network', '--out', out];
    const { code, output } = await run(file, ...to);
    expect(output).toContain(
      `Its observations are normalized: ${out}.normalization.json says how.`,
    );
    expect(code).toBe(0);
    const beside = JSON.parse(readFileSync(`${out}.normalization.json`, 'utf8'));
    const { mean, variance, epsilon, clip } = beside as ObservationNormalization;
    // What the policy is shown is what a stranger computes from these.
    const seen = Float32Array.of(0.5, -2, 3);
    const shown = seen.map((x, i) => {
      const y = (x - mean[i]) / Math.sqrt(variance[i] + epsilon);
      return Math.min(Math.max(y, -clip), clip);
    });
    expect(agent.agent.inspect(shown)).toEqual(agent.inspect(seen));
    expect(shown).not.toEqual(seen);
    rmSync(out);
    expect((await run(file, ...to)).output).toContain('normalization.json exists already.');
    expect(existsSync(out)).toBe(false);
    // Nothing is left where nothing can be written, and what is altered is named.
    const failed = await run(file, ...to.slice(0, -1), join(folder, 'none', 'a.onnx'));
    expect([failed.code, readdirSync(folder).sort()]).toEqual([
      1,
      ['a.ckpt', 'a.onnx.normalization.json'],
    ]);
    const altered = { ...agent.save(), epsilon: 'small' };
    writeFileSync(file, encodeCheckpoint({ steps: 12, metricsBytes: 0, agent: altered }));
    rmSync(`${out}.normalization.json`);
    expect((await run(file, ...to)).output).toContain(`${file}: observationNormalization: epsilon`);
  });

  test('writes safetensors', async () => {
    const network = example(4);
    const folder = checkpointWith({ online: saveNetwork(network) });
    const out = join(folder, 'a.safetensors');
    const { code } = await run(join(folder, 'step-7.ckpt'), '--to', 'safetensors', '--out', out);
    expect(code).toBe(0);
    const read = fromSafetensors(readFileSync(out));
    expect(read.parameters).toEqual(network.parameters);
    expect(read.plan).toEqual(network.plan);
  });

  test('writes a folder that TensorFlow.js loads', async () => {
    tf.env().set('IS_TEST', true);
    await tf.setBackend('cpu');
    const network = example(4);
    const folder = checkpointWith({ online: saveNetwork(network) });
    const out = join(folder, 'model');
    const { code } = await run(join(folder, 'step-7.ckpt'), '--to', 'tfjs', '--out', out);
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['model', 'step-7.ckpt']);
    expect(readdirSync(out).sort()).toEqual(['model.json', 'weights.bin']);
    const { modelTopology, weightsManifest } = JSON.parse(
      readFileSync(join(out, 'model.json'), 'utf8'),
    );
    const [{ paths, weights: weightSpecs }] = weightsManifest;
    const weightData = new Uint8Array(readFileSync(join(out, paths[0]))).buffer;
    const artifacts = { modelTopology, weightSpecs, weightData };
    const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const inputs = normalDraws(3);
    const outputs = model.predict(tf.tensor(inputs, [1, 3])) as tf.Tensor[];
    const found = outputs.flatMap((output) => [...output.dataSync()]);
    expect(mostApart(found, network.forward(inputs, 1))).toBeLessThan(1e-5);
  });

  test('writes the network that is named, by its whole path or the end of it', async () => {
    const [online, target] = [example(4), example(5)];
    const networks = { online: saveNetwork(online), target: saveNetwork(target) };
    const folder = checkpointWith(networks);
    for (const name of ['target', 'networks.target', 'session.agent.networks.target']) {
      const out = join(folder, `${name}.onnx`);
      const words = ['--to', 'onnx', '--network', name, '--out', out];
      expect(await run(join(folder, 'step-7.ckpt'), ...words)).toEqual({
        code: 0,
        output: `${out}: session.agent.networks.target, 38 parameters.`,
      });
      expect(new Uint8Array(readFileSync(out))).toEqual(toOnnx(target));
    }
  });

  test('takes a whole path before the end of another', async () => {
    const [first, second] = [example(4), example(5)];
    const session = { online: saveNetwork(first) };
    const folder = temporaryFolder();
    const [file, out] = [join(folder, 'a.ckpt'), join(folder, 'a.onnx')];
    writeFileSync(file, encodeCheckpoint({ online: saveNetwork(second), session }));
    const { output } = await run(file, '--to', 'onnx', '--network', 'online', '--out', out);
    expect(output).toBe(`${out}: online, 38 parameters.`);
  });

  test.each([
    [[], 'palaestra export takes one checkpoint.'],
    [['a', 'b', '--to', 'onnx'], 'palaestra export takes one checkpoint.'],
    [['FILE'], 'needs --to with one of onnx, safetensors, tfjs.'],
    [['FILE', '--to', 'onxx'], 'Got "onxx". Did you mean "onnx"?'],
    [['FILE', '--to', 'toString'], 'Got "toString".'],
    [
      ['FILE', '--to', 'onnx'],
      'holds 2 networks. Choose one with --network: session.agent.networks.online, session.agent.networks.target.',
    ],
    [
      ['FILE', '--to', 'onnx', '--network', 'line'],
      'holds no network named "line". Networks: session.agent.networks.online, ',
    ],
    [
      ['FILE', '--to', 'onnx', '--network', 'online', '--out', 'FILE'],
      'exists already. Give a name that is free with --out.',
    ],
  ])('%j is a slip: says what would be right, exit code 2', async (argv, message) => {
    const network = saveNetwork(example(4));
    const folder = checkpointWith({ online: network, target: network });
    const file = join(folder, 'step-7.ckpt');
    const { code, output } = await run(...argv.map((word) => (word === 'FILE' ? file : word)));
    expect(output).toContain(message);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(['step-7.ckpt']);
  });

  test('what cannot be read or written is named, exit code 1, and nothing is left', async () => {
    const good = saveNetwork(example(4));
    const recurrent = saveNetwork(trainedExample({ input: [3], layers: [dense(2), gru(2)] }));
    const folder = checkpointWith({ recurrent });
    const file = join(folder, 'step-7.ckpt');
    const out = join(folder, 'out');
    const fails = async (words: string[], message: string) => {
      const { code, output } = await run(...words);
      expect(output).toContain(message);
      expect(code).toBe(1);
      expect(existsSync(out)).toBe(false);
      expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    };
    const write = (networks: Readonly<Record<string, SavedData>>) => {
      const from = join(checkpointWith(networks), 'step-7.ckpt');
      writeFileSync(file, readFileSync(from));
    };
    const to = (format: string) => [file, '--to', format, '--out', out];
    await fails(to('tfjs'), `${file}: toLayersModel: layers[1] (gru) cannot be a layer`);
    write({});
    await fails(to('onnx'), `${file}: this checkpoint holds no network.`);
    write({ online: { ...good, parameters: new Float32Array(3) } });
    await fails(to('onnx'), 'parameters must be a Float32Array of length 31, got length 3.');
    write({ online: { ...good, version: 2 } });
    await fails(to('onnx'), 'A newer Palaestra may have written it.');
    write({ online: { ...good, specification: { input: [3], layers: [{ kind: 'dens' }] } } });
    await fails(to('onnx'), 'there is no layer of kind "dens". Did you mean "dense"?');
    write({ online: good });
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 30));
    await fails(to('onnx'), `${file}: decodeSaved: the file must be a whole zip`);
    bytes[bytes.indexOf('arrays/0000.bin') + 40] ^= 1;
    writeFileSync(file, bytes);
    await fails(to('onnx'), `${file}: Zip: "arrays/0000.bin" is damaged`);
    await fails([folder, '--to', 'onnx', '--out', out], 'must be a file, it is a folder');
    await fails([`${file}x`, '--to', 'onnx', '--out', out], 'There is no such file');
    writeFileSync(file, readFileSync(join(checkpointWith({ online: good }), 'step-7.ckpt')));
    const nowhere = join(folder, 'none', 'out.onnx');
    await fails([file, '--to', 'onnx', '--out', nowhere], 'Create its folder first.');
    await fails([file, '--to', 'tfjs', '--out', nowhere], 'Create its folder first.');
  });

  test('its help says what there is', async () => {
    const { code, output } = await run('--help');
    expect(code).toBe(0);
    expect(output).toMatch(/--to <format> +onnx, safetensors, tfjs/);
  });
});

test('a checkpoint that is cut, or altered anywhere, is refused or still says the same', () => {
  const saved = { agent: { online: saveNetwork(trainedExample({ input: [2] })), more: [1, 2] } };
  const values = Float32Array.of(1, 2, 3);
  const bytes = encodeCheckpoint({ ...saved, values });
  const before = decodeCheckpoint(bytes);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeCheckpoint(bytes.subarray(0, length))).toThrow();
  }
  let refused = 0;
  for (let i = 0; i < bytes.length; i++) {
    const altered = bytes.slice();
    altered[i] ^= 1 << (i % 8);
    try {
      expect(decodeCheckpoint(altered)).toEqual(before);
    } catch (error) {
      if ((error as Error).name === 'AssertionError') throw error;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(bytes.length / 2);
});

describe('findNetworks', () => {
  test('finds networks in objects and lists, in their order', () => {
    const network = { kind: 'network', inner: { kind: 'network' } };
    const saved = { a: [1, { b: network }, network], c: null, d: new Uint8Array(2), e: network };
    expect(findNetworks(saved).map(({ path }) => path)).toEqual(['a[1].b', 'a[2]', 'e']);
    expect(findNetworks(network)).toEqual([{ path: '', saved: network, normalized: null }]);
  });

  test('knows who normalizes what they see', () => {
    const network = { kind: 'network' };
    const agent = { kind: 'normalized-agent', agent: { online: network } };
    expect(findNetworks({ agent, other: network })).toEqual([
      { path: 'agent.agent.online', saved: network, normalized: agent },
      { path: 'other', saved: network, normalized: null },
    ]);
  });

  test('a name is a whole part of the path or several', () => {
    expect(isNamed('agent.online', 'online')).toBe(true);
    expect(isNamed('agent.online', 'agent.online')).toBe(true);
    expect(isNamed('agent.online', 'line')).toBe(false);
    expect(isNamed('agent.online', 'agent')).toBe(false);
  });
});

test('a folder that is there is left alone', async () => {
  const folder = checkpointWith({ online: saveNetwork(example(4)) });
  const out = join(folder, 'model');
  mkdirSync(out);
  const { code } = await run(join(folder, 'step-7.ckpt'), '--to', 'tfjs', '--out', out);
  expect(code).toBe(2);
  expect(readdirSync(out)).toEqual([]);
});
