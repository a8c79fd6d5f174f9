import { show } from '../../core/check.ts';
import { type Command, parseCount } from '../command.ts';
import { asUsage, UsageError } from '../usage-error.ts';

/** `palaestra doctor`. */
export const doctor: Command = {
  name: 'doctor',
  arguments: '',
  summary: 'Shows which engines networks can run on here, how fast each is, and which one is used.',
  options: {
    engine: { type: 'string', value: '<name>', help: 'try only this engine' },
    'resolve-from': {
      type: 'string',
      value: '<folder>',
      help: 'look for TensorFlow.js as a program there would (default: this folder)',
    },
    budget: {
      type: 'string',
      value: '<ms>',
      help: 'milliseconds of timing for each engine and network (default 1000)',
    },
    json: { type: 'boolean', help: 'print JSON' },
    'build-tfjs-node': {
      type: 'string',
      value: '<path|auto>',
      help: "build tfjs-node's addon with the TensorFlow of a Python: its folder, or auto to ask python3",
    },
    help: { type: 'boolean', short: 'h', help: 'show this' },
  },
  examples: [
    'palaestra doctor',
    'palaestra doctor --engine webgpu --json',
    'palaestra doctor --build-tfjs-node auto',
    'palaestra doctor --build-tfjs-node venv/lib/python3.12/site-packages/tensorflow',
  ],
  async run(words) {
    if (words.positionals.length > 0) {
      throw new UsageError(`palaestra doctor takes no ${show(words.positionals[0])}.`);
    }
    const folder = words.text('resolve-from') ?? process.cwd();
    const tensorflow = words.text('build-tfjs-node');
    if (tensorflow !== undefined) return build(folder, tensorflow);
    // No other command has to wait for these.
    const { parseEngine } = await import('../../networks/choose-engine.ts');
    const { examine } = await import('../doctor/examine.ts');
    const engine = asUsage(() => parseEngine('--engine', words.text('engine') ?? 'auto'));
    const budget = parseCount('budget', words.text('budget') ?? '1000', 1);
    return examine({ engine, folder, budget, json: words.flag('json') });
  },
};

async function build(folder: string, tensorflow: string): Promise<number> {
  const { findTensorFlow } = await import('../doctor/find-tensorflow.ts');
  const { buildTfjsNode } = await import('../doctor/build-tfjs-node.ts');
  const found = await findTensorFlow(tensorflow);
  console.log(await buildTfjsNode(folder, found, (line) => console.log(line)));
  return 0;
}
