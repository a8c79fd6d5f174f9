import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * Builds the viewer once for all browser tests, into a folder of its own, so that nobody who builds
 * at the same time pulls it away. Vitest calls it before the first test.
 *
 * `PALAESTRA_VIEWER=dist/viewer` takes one that has been built already.
 *
 * @returns what cleans up.
 */
export async function setup(): Promise<() => void> {
  if (process.env.PALAESTRA_VIEWER) return () => {};
  const outDir = mkdtempSync(join(tmpdir(), 'palaestra-viewer-built-'));
  const configFile = fileURLToPath(new URL('../../viewer/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'warn', build: { outDir } });
  process.env.PALAESTRA_VIEWER = outDir;
  return () => rmSync(outDir, { recursive: true });
}
