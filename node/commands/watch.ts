import { existsSync } from 'node:fs';
import type { Command } from '../command.ts';
import { parseCount } from '../command.ts';
import { type Interrupt, interruptSignal } from '../interrupt.ts';
import { startViewerServer, type ViewerServer } from '../server/viewer-server.ts';
import { UsageError } from '../usage-error.ts';

/** `palaestra watch`. */
export const watch: Command = {
  name: 'watch',
  arguments: '[path]',
  summary: 'Serves the viewer for a folder of runs, one run, or one recording, and prints its URL.',
  options: {
    port: { type: 'string', value: '<n>', help: 'port (default 7860, or the next free one)' },
    host: {
      type: 'string',
      value: '<address>',
      help: 'address to listen on (default 127.0.0.1: this machine only)',
    },
    help: { type: 'boolean', short: 'h', help: 'show this' },
  },
  examples: ['palaestra watch', 'palaestra watch runs/q-learning-FrozenLake-v1-seed0'],
  async run(words) {
    const [root = 'runs', ...more] = words.positionals;
    if (more.length > 0) throw new UsageError('palaestra watch takes one path.');
    if (!existsSync(root)) {
      console.error(
        `There is nothing at ${root}. Give a folder of runs, one run, or a .rlrec file; palaestra train makes some.`,
      );
      return 1;
    }
    const port = words.text('port');
    const host = words.text('host');
    const interrupt = interruptSignal();
    const server = await startViewerServer({
      root,
      ...(port === undefined ? {} : { port: parseCount('port', port, 0) }),
      ...(host === undefined ? {} : { host }),
    });
    await serveUntil(interrupt, server);
    return 0;
  },
};

/** Says where the viewer is, and serves it until the user has had enough. */
export async function serveUntil(interrupt: Interrupt, server: ViewerServer): Promise<void> {
  console.log(`Viewer: ${server.url}\nCtrl+C ends it.`);
  await interrupt.interrupted;
  interrupt.release();
  await server.close();
}
