import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dynamics } from '../../core/dynamics.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { startViewerServer, type ViewerServer } from '../../node/server/viewer-server.ts';
import { corridor } from '../helpers/worlds.ts';
import { startStaticHost } from './static-host.ts';
import { launch } from './viewer.ts';
import type { WorkersPage } from './workers-page/page.ts';
import { playAsync } from './workers-page/play.ts';

const folder = mkdtempSync(join(tmpdir(), 'palaestra-workers-page-'));
let server: ViewerServer;
let browser: Browser;
let page: Page;
const problems: string[] = [];

// Our own server with its headers and its policy: what isolates the page and lets it have workers.
beforeAll(async () => {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('workers-page', import.meta.url)),
    base: './',
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', minify: false },
    worker: { format: 'es' },
  });
  server = await startViewerServer({ root: folder, port: 0, viewerFolder: folder });
  browser = await launch();
  page = await browser.newPage();
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`http://127.0.0.1:${server.port}/`);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});

/** Calls one of the page's functions. */
function call<K extends keyof WorkersPage>(
  name: K,
  ...args: Parameters<WorkersPage[K]>
): Promise<string> {
  return page.evaluate(
    ([name, args]) => {
      const scope = window as unknown as {
        workersPage: Record<string, (...a: unknown[]) => unknown>;
      };
      return scope.workersPage[name as string](...(args as unknown[])) as Promise<string>;
    },
    [name, args] as const,
  );
}

/** What the same steps are in one `VectorEnv` in Node. */
async function playHere(
  world: Dynamics,
  numEnvs: number,
  numSteps: number,
): Promise<VectorEnv & { hashes: string }> {
  const envs = new VectorEnv(world, { numEnvs, seed: 5 });
  const hashes = await playAsync(envs, numSteps, (actions) => envs.step(actions));
  return Object.assign(envs, { hashes });
}

/** The same with what is saved of them. */
async function expected(id: string, numEnvs: number, numSteps: number): Promise<string> {
  const envs = await playHere(makeDynamics(id), numEnvs, numSteps);
  return `${envs.hashes} ${JSON.stringify(envs.snapshot())}`;
}

const WORLDS = ['CartPole-v1', 'FrozenLake-v1', 'Pendulum-v1', 'Taxi-v4', 'Acrobot-v1'];

describe('workers in Chromium', () => {
  test.each(WORLDS)('give the bits of a VectorEnv in Node: %s', async (id) => {
    const here = await expected(id, 7, 300);
    for (const numWorkers of [2, 3]) expect(await call('play', id, 7, numWorkers, 300)).toBe(here);
  });

  test('give them where the browser has no Atomics.waitAsync', async () => {
    const here = await expected('CartPole-v1', 5, 200);
    expect(await call('play', 'CartPole-v1', 5, 2, 200, false)).toBe(here);
  });

  test('give them to a worker that sleeps until they are done', async () => {
    const here = await expected('CartPole-v1', 5, 200);
    expect(await call('playInWorker', 'CartPole-v1', 5, 2, 200)).toBe(here);
  });

  test('may bring a world with them', async () => {
    const { hashes } = await playHere(corridor() as unknown as Dynamics, 4, 200);
    expect(await call('playOwn', 4, 2, 200)).toBe(hashes);
  });

  test('say what goes wrong', async () => {
    expect(problems).toEqual([]);
    expect(await call('failure', 'create')).toMatch(/^RangeError: There is no world "CartPool-v1"/);
    expect(await call('failure', 'step')).toContain("a page's main thread must not wait");
    expect(await call('failure', 'closed')).toContain('the workers are closed');
    expect(await call('failure', 'missing')).toContain('its script could not be loaded');
  });

  test('need a page that is isolated, and name the headers that make it so', async () => {
    const host = await startStaticHost({});
    const open = await browser.newPage();
    await open.route('**/*', (route) => {
      const name = new URL(route.request().url()).pathname.replace(/^\/some\/where\//, '');
      return route.fulfill({ path: join(folder, name || 'index.html') });
    });
    await open.goto(host.url);
    const message = await open.evaluate(() => {
      const scope = window as unknown as { workersPage: WorkersPage };
      return scope.workersPage.failure('create');
    });
    expect(message).toContain('"Cross-Origin-Opener-Policy: same-origin"');
    expect(message).toContain('"Cross-Origin-Embedder-Policy: require-corp"');
    host.close();
  });
});
