import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesOfBase64 } from '../../networks/simd/base64.ts';
import { generatedFile, generatedText } from '../../networks/simd/build/build-kernels.ts';
import { kernelBytes } from '../../networks/simd/instantiate.ts';

test.each(['portable', 'fast'] as const)(
  'compiling the %s kernels again gives the same bytes',
  async (build) => {
    const file = readFileSync(generatedFile(build), 'utf8');
    expect(file === (await generatedText(build)), 'npm run build:kernels').toBe(true);
  },
  60_000,
);

test('the portable kernels have no instruction whose result a processor may choose', () => {
  // Relaxed instructions begin with 0xfd and an opcode from 0x100 on, in LEB128 0x80 0x02 and so on.
  const relaxed = (bytes: Uint8Array) =>
    bytes.some((byte, i) => byte === 0xfd && bytes[i + 1] === 0x85 && bytes[i + 2] === 0x02);
  expect(relaxed(kernelBytes('portable'))).toBe(false);
  expect(relaxed(kernelBytes('fast'))).toBe(true); // f32x4.relaxed_madd
});

test('base64 is read', () => {
  for (let length = 0; length < 10; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => 251 * (i + 1) + 77 * length);
    expect(bytesOfBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
  }
  expect(bytesOfBase64('+/+/')).toEqual(Uint8Array.of(0xfb, 0xff, 0xbf));
});
