import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setStage } from './stage.ts';
import { startStaticHost } from './static-host.ts';
import { ViewerPage } from './viewer.ts';

let stage: Stage;
let page: ViewerPage;

beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  expect(page.problems).toEqual([]);
  await page.close();
});
afterAll(() => stage.close());

const bytesOf = (src: string): Buffer => readFileSync(join(stage.runs.root, src));

/** Drops a file on the page, as a hand would. */
async function drop(target: ViewerPage, name: string, bytes: Buffer): Promise<void> {
  await target.page.evaluate(
    ({ fileName, numbers }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(numbers)], fileName));
      document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    },
    { fileName: name, numbers: [...bytes] },
  );
}

describe('the library of a server', () => {
  test('lists runs and recordings with how they went', async () => {
    page = await stage.open('');
    await page.page.waitForSelector('.recording');
    const heads = await page.page.locator('.run-head').allTextContents();
    expect(heads[0]).toMatch(/^lakeLIVEq-learningFrozenLake-v1seed 3/); // live ones first
    const best = page.page
      .locator('.run', { hasText: 'FrozenLake' })
      .locator('.recording', { hasText: 'best' });
    await expect.poll(() => best.textContent()).toContain('1return6steps');
    const painted = await best.locator('canvas').evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const picture = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(picture?.data.buffer ?? new ArrayBuffer(0))).size;
    });
    expect(painted).toBeGreaterThan(5);
  });

  test('is searched, and the search is in the address', async () => {
    page = await stage.open('');
    await page.page.waitForSelector('.recording');
    await page.press('/');
    await page.page.keyboard.type('env:cliff best');
    await expect.poll(() => page.page.locator('.recording').count()).toBe(1);
    expect(await page.fragment()).toBe('#library/q=env:cliff%20best');
    await page.page.locator('#search').fill('nothing like this');
    expect(await page.page.locator('.none').textContent()).toContain('fits the search');
  });

  test('is walked with the arrow keys, and Enter opens', async () => {
    page = await stage.open('');
    await page.page.waitForSelector('.recording');
    await page.press('/', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter');
    await page.ready();
    expect(page.page.url()).toContain('src=lake/episodes/best.rlrec');
  });

  test('grows when a recording appears', async () => {
    page = await stage.open('');
    await page.page.waitForSelector('.recording');
    stage.runs.live.write('episodes/extra.rlrec', bytesOf('arcade.rlrec'));
    await page.page.getByRole('button', { name: /extra/ }).waitFor();
  });

  test('asks for the token where the page was opened without one', async () => {
    page = await ViewerPage.open(
      stage.browser,
      `http://127.0.0.1:${stage.server.port}/?src=api/file/x`,
    );
    await page.page.waitForSelector('.failure');
    expect(await page.page.locator('.failure').textContent()).toContain('token');
    page.problems.length = 0; // the browser itself reports the refusals
  });
});

describe('a dropped file', () => {
  test('is opened', async () => {
    page = await stage.open('');
    await drop(page, 'mine.rlrec', bytesOf('lake/episodes/best.rlrec'));
    await page.ready();
    expect(await page.drawn('tile')).toHaveLength(16);
    expect(page.page.url()).toContain('src=dropped:mine.rlrec');
  });

  test('is refused with a clear word when it is no recording', async () => {
    page = await stage.open('');
    await drop(page, 'holiday.jpg', Buffer.from('not a recording at all'));
    const failure = page.page.getByRole('alert');
    await failure.waitFor();
    expect(await failure.textContent()).toContain('This is no .rlrec file');
    await page.screenshot('refused');
    await failure.getByRole('button').click();
    await page.page.waitForSelector('.library');
  });

  test('can be damaged anywhere without breaking the page', async () => {
    const whole = bytesOf('lake/episodes/best.rlrec');
    page = await stage.open('');
    for (const cut of [100, 700, whole.length - 30]) {
      await drop(page, `cut-${cut}.rlrec`, whole.subarray(0, cut));
      await page.page.waitForFunction(() => {
        const { opening } = window.palaestraViewer?.state() ?? { opening: '' };
        return opening === 'open' || opening === 'failed';
      });
    }
    const flipped = Buffer.from(whole);
    flipped[900] ^= 0xff;
    await drop(page, 'flipped.rlrec', flipped);
    await page.page.waitForTimeout(300);
    expect(['open', 'failed']).toContain((await page.state()).opening);
  });

  test('has to be dropped again after a reload', async () => {
    page = await stage.open('');
    await drop(page, 'mine.rlrec', bytesOf('lake/episodes/best.rlrec'));
    await page.ready();
    await page.page.reload();
    await expect.poll(() => page.page.getByRole('alert').textContent()).toContain('Drop it again');
  });
});

describe('on a host of plain files', () => {
  test('the empty state invites', async () => {
    const host = await startStaticHost({});
    page = await ViewerPage.open(stage.browser, host.url);
    await page.page.getByText('Drop a recording here').waitFor();
    await page.screenshot('empty');
    page.problems.length = 0; // the browser itself reports that there are no demos
    host.close();
  });

  test('the demos beside the application are listed and opened', async () => {
    const host = await startStaticHost({
      'demos/index.json': JSON.stringify({
        recordings: [{ path: 'cliff.rlrec', title: 'A walk along the cliff' }],
      }),
      'demos/cliff.rlrec': bytesOf('cliff/episodes/last.rlrec'),
    });
    page = await ViewerPage.open(stage.browser, host.url);
    await page.page.getByRole('button', { name: /A walk along the cliff/ }).click();
    await page.ready();
    expect(await page.drawn('tile')).toHaveLength(48);
    const address = page.page.url();
    await page.page.goto(address);
    await page.ready();
    expect(address).toContain('?src=demos/cliff.rlrec');
    host.close();
  });

  test('any address can be opened', async () => {
    const host = await startStaticHost({ 'x/a.rlrec': bytesOf('arcade.rlrec') });
    page = await ViewerPage.open(stage.browser, host.url);
    await page.page.getByLabel('Address of a recording').fill(`${host.url}x/a.rlrec`);
    await page.page.getByRole('button', { name: 'Open address' }).click();
    await page.ready();
    expect(await page.state()).toMatchObject({ numEpisodes: 3 });
    await page.page.goto(`${host.url}?src=javascript:alert(1)#watch/`);
    await page.page.reload();
    expect(await page.page.getByRole('alert').textContent()).toContain('http or https');
    page.problems.length = 0; // there are no demos
    host.close();
  });
});
