import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { show } from '../../core/check.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import { splitUrlPath } from './safe-path.ts';

/**
 * Where the built viewer lies: `dist/viewer` in the package that `moduleUrl` belongs to, be it a
 * source file (`node/server/…`) or a compiled one (`dist/node/server/…`).
 *
 * @param moduleUrl A module's `import.meta.url`.
 * @throws Error if no folder above it holds a `package.json`.
 */
export function defaultViewerFolder(moduleUrl: string): string {
  const file = fileURLToPath(moduleUrl);
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'dist', 'viewer');
  }
  throw new Error(
    `startViewerServer: the package of ${show(file)} must hold a package.json, got none. Give viewerFolder.`,
  );
}

/**
 * Checks that a folder holds the built viewer.
 *
 * @returns the folder, links resolved.
 * @throws Error unless it holds an `index.html`.
 */
export async function openViewerFolder(folder: string): Promise<string> {
  if (existsSync(join(folder, 'index.html'))) return realpath(folder);
  throw new Error(
    `startViewerServer: viewerFolder must hold index.html, got ${show(folder)} without it. Run \`npm run build:viewer\`.`,
  );
}

/** The real path of a file of the viewer; `/` is its page. */
export async function locateViewerFile(
  folder: string,
  pathname: string,
): Promise<string | Refusal> {
  const names = pathname === '/' ? ['index.html'] : splitUrlPath(pathname.slice(1));
  if (isRefusal(names)) return names;
  const real = await realpath(join(folder, ...names)).catch(() => undefined);
  if (real?.startsWith(folder + sep)) return real;
  return refusal(404, 'There is no such page here.');
}

/** Built assets carry a hash of their bytes in their name; all else is asked for again. */
export function viewerCacheControl(pathname: string): string {
  const hashed = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/.test(pathname);
  return hashed ? 'private, max-age=31536000, immutable' : 'no-cache';
}
