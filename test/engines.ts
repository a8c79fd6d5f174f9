/**
 * The same bits in every Node: runs the digests of `helpers/print-digests.ts` under this one and
 * under others from npm, and compares.
 *
 *     npm run test:engines -- 22 24 26
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('helpers/print-digests.ts', import.meta.url));

/** What the script prints under Node `version`, or under this one. */
function digests(version: string | null): { node: string; output: string } {
  const run = ['--import', import.meta.resolve('tsx'), SCRIPT];
  const node = ['-p', 'process.version'];
  const call = (args: readonly string[]) =>
    version === null
      ? execFileSync(process.execPath, args, { encoding: 'utf8' })
      : execFileSync('npx', ['-y', '-p', `node@${version}`, 'node', ...args], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
  return { node: call(node).trim(), output: call(run).trim() };
}

const versions = process.argv.slice(2);
const here = digests(null);
let failed = 0;
for (const version of versions.length > 0 ? versions : ['24']) {
  const there = digests(version);
  const same = there.output === here.output;
  console.log(`${there.node}: ${same ? 'the same bits as' : 'OTHER BITS THAN'} ${here.node}`);
  if (same) continue;
  failed++;
  console.log(`${here.node}: ${here.output}\n${there.node}: ${there.output}`);
}
process.exitCode = failed > 0 ? 1 : 0;
