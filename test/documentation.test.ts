import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = [
  ...['core', 'envs', 'networks', 'replay', 'mcts', 'agents', 'training', 'suites'],
  ...['viewer', 'node'],
];

/** The names of exports that no doc comment stands directly above. */
function undocumentedExports(text: string): string[] {
  const lines = text.split('\n');
  const undocumented: string[] = [];
  lines.forEach((line, i) => {
    const name =
      /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/.exec(
        line,
      )?.[1];
    if (name === undefined) return;
    const above = lines[i - 1]?.trim() ?? '';
    const overload = new RegExp(`^export function ${name}\\b`).test(
      lines.slice(0, i).findLast((other) => /^export function/.test(other)) ?? '',
    );
    if (!above.endsWith('*/') && !overload) undocumented.push(name);
  });
  return undocumented;
}

test.each(FOLDERS)('every export of %s is documented on itself', (folder) => {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  const undocumented = files
    .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)index\.ts$/.test(name))
    // Its kernels are documented where their interfaces are, networks/kernels.
    .filter((name) => !name.startsWith('simd/assembly/'))
    .flatMap((name) => {
      const text = readFileSync(join(ROOT, folder, name), 'utf8');
      return undocumentedExports(text).map((symbol) => `${folder}/${name}: ${symbol}`);
    });
  expect(undocumented).toEqual([]);
});

test('the check sees an export without a comment', () => {
  expect(
    undocumentedExports('/** Two. */\nexport const two = 2;\nexport const three = 3;'),
  ).toEqual(['three']);
});
