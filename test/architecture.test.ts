import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

// Who may import whom. A folder may always import itself; nothing else is allowed.
const UP_TO_AGENTS = ['core', 'networks', 'replay', 'mcts'];
const UP_TO_TRAINING = [...UP_TO_AGENTS, 'agents', 'envs'];
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  envs: ['core'],
  networks: ['core'],
  replay: ['core'],
  mcts: ['core'],
  agents: UP_TO_AGENTS,
  training: UP_TO_TRAINING,
  suites: [...UP_TO_TRAINING, 'training'],
  viewer: [...UP_TO_TRAINING, 'training', 'suites'],
  node: [...UP_TO_TRAINING, 'training', 'suites'],
};

// The packages that a folder may use; the folders up to `suites` run anywhere without any other.
const MAY_USE: Record<string, readonly string[]> = {
  core: ['seedrandom'],
  viewer: ['pixi.js', 'preact', '@preact/signals', 'uplot', 'fflate'],
  node: ['fflate', 'ws', 'd3-scale', 'd3-shape', 'node:'],
};

// AssemblyScript, and the program that compiles it: not part of the library.
const NOT_LIBRARY = /^simd\/(assembly|build)\//;
// The backends of TensorFlow.js look at where they are: only these files of the portable folders may.
const LOOKS_AROUND = ['networks/tfjs/node-globals.ts', 'networks/tfjs/webgpu.ts'];

const PORTABLE = ['core', 'envs', 'networks', 'replay', 'mcts', 'agents', 'training', 'suites'];

interface Source {
  readonly file: string;
  /** Without comments. */
  readonly code: string;
}

function sources(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(d|config)\.ts$/.test(name))
    .filter((name) => folder !== 'networks' || !NOT_LIBRARY.test(name))
    .map((name) => {
      const text = readFileSync(join(ROOT, folder, name), 'utf8');
      return { file: `${folder}/${name}`, code: withoutComments(text) };
    });
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '');
}

/** What a file imports: static, dynamic, bare and re-exported. */
function importsOf(code: string): string[] {
  const pattern = /(?:\b(?:import|export)\s[^'"`;]*?\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"]+)\1/g;
  return [...code.matchAll(pattern)].map((match) => match[2]);
}

/** The top-level folder that a relative import of `file` leads to. */
function folderOf(file: string, from: string): string {
  return join(file, '..', from).split('/')[0];
}

/** The optional packages, of which `networks/tfjs` alone knows. */
function isTensorFlow(file: string, from: string): boolean {
  return file.startsWith('networks/tfjs/') && from.startsWith('@tensorflow/tfjs');
}

describe.each(Object.entries(MAY_IMPORT))('%s', (folder, allowed) => {
  test(`imports only from ${allowed.join(', ') || 'itself'}`, () => {
    for (const { file, code } of sources(folder)) {
      for (const from of importsOf(code)) {
        if (from.startsWith('.')) {
          expect([folder, ...allowed], `${file} imports ${from}`).toContain(folderOf(file, from));
          continue;
        }
        if (isTensorFlow(file, from)) continue;
        const known = (MAY_USE[folder] ?? []).some(
          (name) => from === name || from.startsWith(name.endsWith(':') ? name : `${name}/`),
        );
        expect(known, `${file} imports the package ${from}`).toBe(true);
      }
    }
  });

  test('imports files with their ending, not folders', () => {
    for (const { file, code } of sources(folder)) {
      for (const from of importsOf(code)) {
        if (!from.startsWith('.')) continue;
        expect(from, `${file} imports ${from}`).toMatch(/\.(ts|tsx|css)(\?\w+)?$/);
        expect(from, `${file} imports a table of contents`).not.toMatch(/\/index\.ts$/);
      }
    }
  });
});

describe.each(PORTABLE)('%s', (folder) => {
  test('draws no randomness and reads no clock of its own', () => {
    for (const { file, code } of sources(folder)) {
      expect(code, file).not.toMatch(/Math\.random|\bDate\b|\bperformance\b|\bsetTimeout\b/);
    }
  });

  test('uses no function whose bits differ between engines', () => {
    const engineOwn =
      /Math\.(sin|cos|tan|asin|acos|atan2?|sinh|cosh|tanh|asinh|acosh|atanh|exp|expm1|log|log1p|log2|log10|pow|cbrt|hypot)\b/;
    for (const { file, code } of sources(folder)) {
      expect(code, file).not.toMatch(engineOwn);
      // ** is Math.pow; only whole literals, which the compiler folds, are exact.
      expect(code.replaceAll(/\b2 \*\* \d+\b/g, ''), file).not.toMatch(/\*\*/);
    }
  });

  test('knows neither a browser nor Node, and prints nothing', () => {
    for (const { file, code } of sources(folder)) {
      if (LOOKS_AROUND.includes(file)) continue;
      expect(code, file).not.toMatch(/\b(process|console|Buffer|globalThis|navigator)\b\s*[.([]/);
    }
  });
});

describe('TensorFlow.js', () => {
  /** What a file needs before it can run: imports that are neither of types alone nor made later. */
  const needs = (code: string) =>
    [...code.matchAll(/^\s*(?:import|export)\s(?!type\b)[^'"`;]*?\bfrom\s*'([^']+)'/gm)].map(
      (match) => match[1],
    );

  test('is never imported before it is asked for', () => {
    for (const { file, code } of sources('networks')) {
      for (const from of needs(code)) expect(from, file).not.toMatch(/^@tensorflow|^webgpu$/);
    }
  });

  test('and nothing of networks/tfjs is, but for the names of the backends', () => {
    const own = PORTABLE.flatMap(sources).filter(({ file }) => !file.startsWith('networks/tfjs/'));
    const needed = own.flatMap(({ file, code }) =>
      needs(code).map((from) => join(file, '..', from)),
    );
    const inside = needed.filter((file) => file.startsWith('networks/tfjs/'));
    expect([...new Set(inside)]).toEqual(['networks/tfjs/backend-names.ts']);
    expect(needs("import { a } from './tfjs/engine.ts';")).toEqual(['./tfjs/engine.ts']);
    expect(needs("import type { A } from './a.ts';\nawait import('./b.ts');")).toEqual([]);
  });
});

test('every top-level folder of code is on the list', () => {
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && !/^[.]|^(node_modules|dist|runs|coverage|docs)$/.test(entry.name),
    )
    .map(({ name }) => name)
    .filter((name) => !['bench', 'examples', 'test', 'test-output'].includes(name));
  expect(folders.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test('the compiler itself withholds DOM and Node types from the portable folders', () => {
  const config = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
  expect(config.compilerOptions.lib).toEqual(['ES2022']);
  expect(config.compilerOptions.types).toEqual([]);
  expect(config.include.toSorted()).toEqual(PORTABLE.toSorted());
});
