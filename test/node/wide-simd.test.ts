import { setFlagsFromString } from 'node:v8';
import { afterEach, expect, test, vi } from 'vitest';
import { useWideTiles } from '../../networks/simd/instantiate.ts';
import { prepareSimd, wideSimdAdvice } from '../../node/prepare-simd.ts';
import { allowWideSimd } from '../../node/wide-simd.ts';

vi.mock('node:v8', () => ({ setFlagsFromString: vi.fn() }));
vi.mock('../../networks/simd/instantiate.ts', async (original) => ({
  ...(await original<typeof import('../../networks/simd/instantiate.ts')>()),
  useWideTiles: vi.fn(),
}));

const FLAG = '--experimental-wasm-revectorize';

function pretend(arch: string, v8: string | undefined): void {
  vi.stubGlobal('process', { ...process, arch, versions: { v8 }, env: process.env });
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.clearAllMocks();
});

test.each([
  ['x64', '12.4.254.21-node.33'],
  ['x64', '11.3.244.8-node.33'],
  ['arm64', '13.6.233.17-node.41'],
  ['x64', undefined],
])('on %s with V8 %s nothing is set', (arch, v8) => {
  pretend(arch, v8);
  expect(allowWideSimd()).toBe(false);
  expect(setFlagsFromString).not.toHaveBeenCalled();
  expect(useWideTiles).not.toHaveBeenCalled();
});

test('from the V8 of Node 24 on registers are joined, and tiles suit that', () => {
  for (const v8 of ['13.6.233.17-node.41', '14.0.1']) {
    pretend('x64', v8);
    expect(allowWideSimd()).toBe(true);
    expect(setFlagsFromString).toHaveBeenLastCalledWith(FLAG);
    expect(useWideTiles).toHaveBeenLastCalledWith(true);
  }
});

test('the program does it where the environment says so, and says where it cannot', () => {
  pretend('x64', '13.6.233.17-node.41');
  for (const no of ['', '0']) {
    vi.stubEnv('PALAESTRA_WIDE_SIMD', no);
    expect(prepareSimd()).toBeNull();
    expect(useWideTiles).not.toHaveBeenCalled();
  }
  vi.stubEnv('PALAESTRA_WIDE_SIMD', '1');
  expect(prepareSimd()).toBeNull();
  expect(useWideTiles).toHaveBeenCalledWith(true);
  pretend('x64', '12.4.254.21-node.33');
  expect(prepareSimd()).toContain('needs Node 24 or newer on an x64 processor');
});

test('the doctor tells of it where it can be had', () => {
  vi.stubEnv('PALAESTRA_WIDE_SIMD', '');
  pretend('arm64', '13.6.233.17-node.41');
  expect(wideSimdAdvice()).toBeNull();
  pretend('x64', '13.6.233.17-node.41');
  expect(wideSimdAdvice()).toContain('With PALAESTRA_WIDE_SIMD=1');
  vi.stubEnv('PALAESTRA_WIDE_SIMD', '1');
  pretend('x64', '13.6.233.17-node.41');
  expect(wideSimdAdvice()).toBe('SIMD is wide, as PALAESTRA_WIDE_SIMD says.');
});
