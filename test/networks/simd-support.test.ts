import { afterEach, expect, test, vi } from 'vitest';
import { checkSupport, isSupported } from '../../networks/simd/support.ts';
import * as access from '../../networks/simd/web-assembly.ts';

vi.mock('../../networks/simd/web-assembly.ts', () => ({ webAssembly: undefined }));

type Access = { webAssembly: { validate(bytes: Uint8Array): boolean } | undefined };

function pretend(webAssembly: Access['webAssembly']): void {
  (access as unknown as Access).webAssembly = webAssembly;
}

afterEach(() => pretend(undefined));

test('without WebAssembly the reference engine is recommended', () => {
  expect(isSupported('portable')).toBe(false);
  expect(() => checkSupport('portable')).toThrow('Use the reference engine.');
  expect(() => checkSupport('fast')).toThrow('WebAssembly with SIMD is not available here.');
});

test('without relaxed SIMD the portable build is recommended, and what Node 20 needs', () => {
  // The fast build is refused, as the first module that is asked for a second time.
  let isFast = true;
  pretend({
    validate: () => {
      isFast = !isFast;
      return isFast;
    },
  });
  expect(() => checkSupport('fast')).toThrow('relaxed SIMD is not available here.');
  expect(() => checkSupport('fast')).toThrow('allowRelaxedSimd()');
});
