import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startViewerServer, type ViewerServer } from '../../node/server/viewer-server.ts';
import { launch, VIEWER_FOLDER } from './viewer.ts';

const root = mkdtempSync(join(tmpdir(), 'palaestra-security-'));
let server: ViewerServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startViewerServer({ root, port: 0, viewerFolder: VIEWER_FOLDER });
  browser = await launch();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.port}/`);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(root, { recursive: true });
});

/** What a compiler gives for a text or bytes, in a task of the page's own: the debugger's may do all. */
function compile(what: 'kernels' | 'text'): Promise<string> {
  return page.evaluate(
    (given) =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
            const made =
              given === 'text' ? new Function('return 2') : new WebAssembly.Module(empty);
            resolve(typeof made);
          } catch (error) {
            resolve(String(error));
          }
        });
      }),
    what,
  );
}

test('the page that is served may compile the kernels of networks, and no text', async () => {
  expect(await compile('kernels')).toBe('object');
  expect(await compile('text')).toContain('EvalError');
});
