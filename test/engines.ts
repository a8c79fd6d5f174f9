/**
 * The same bits in every Node: runs the digests of `helpers/print-digests.ts` under this one and
 * under others from npm, and compares. Where SIMD can be wide, with it too.
 *
 *     npm run test:engines -- 22 24 26
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('helpers/print-digests.ts', import.meta.url));
const FIRST_WIDE = 24;

/** What Node `version`, or this one, prints. */
function call(version: string | null, args: readonly string[], isWide = false): string {
  const env = { ...process.env, PALAESTRA_WIDE_SIMD: isWide ? '1' : '' };
  if (version === null) return execFileSync(process.execPath, args, { encoding: 'utf8', env });
  return execFileSync('npx', ['-y', '-p', `node@${version}`, 'node', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env,
  });
}

function digests(version: string | null, words: readonly string[] = [], isWide = false): string {
  const run = ['--import', import.meta.resolve('tsx'), SCRIPT, ...words];
  return call(version, run, isWide).trim();
}

function nodeVersion(version: string | null): string {
  return call(version, ['-p', 'process.version']).trim();
}

/** What a Node, with or without something, gave. */
interface Printed {
  readonly name: string;
  readonly output: string;
}

let failed = 0;

function compare(there: Printed, here: Printed): void {
  const same = there.output === here.output;
  console.log(`${there.name}: ${same ? 'the same bits as' : 'OTHER BITS THAN'} ${here.name}`);
  if (same) return;
  failed++;
  console.log(`${here.name}: ${here.output}\n${there.name}: ${there.output}`);
}

const versions = process.argv.slice(2);
const here: Printed = { name: nodeVersion(null), output: digests(null) };
for (const version of versions.length > 0 ? versions : ['24']) {
  const name = nodeVersion(version);
  compare({ name, output: digests(version) }, here);
  if (Number.parseInt(name.slice(1), 10) < FIRST_WIDE || process.arch !== 'x64') continue;
  compare({ name: `${name}, wide`, output: digests(version, [], true) }, here);
  compare(
    { name: `${name}, fast and wide`, output: digests(version, ['fast'], true) },
    { name: `${name}, fast`, output: digests(version, ['fast']) },
  );
}
process.exitCode = failed > 0 ? 1 : 0;
