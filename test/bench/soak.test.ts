import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SoakRun, soakConfig } from '../../bench/soak/soak-run.ts';
import { startProgram, temporaryFolder } from '../helpers/program.ts';

// DQN learns from step 10,000 on.
const ARGUMENTS = ['--steps', '14000', '--points', '4', '--run', 'soak'];
const LAST = 'soak/checkpoints/step-000000014000.ckpt';

const soak = (cwd: string) => startProgram('bench/soak.ts', ARGUMENTS, cwd);

describe('a small soak', () => {
  test('comes to the same where it is killed and called again', { timeout: 120_000 }, async () => {
    const [whole, cut] = [temporaryFolder(), temporaryFolder()];
    const first = soak(cut);
    await first.waitFor('steps 7,000');
    first.child.kill('SIGKILL');
    await first.ended;
    const [{ code, stdout }, again] = await Promise.all([soak(whole).ended, soak(cut).ended]);
    expect([code, again.code], stdout).toEqual([0, 0]);
    expect(stdout.match(/goes on yes/g)).toHaveLength(4);
    expect(again.stdout).toMatch(/^Goes on from step (7000|10500)\./);
    expect(again.stdout).toContain('All is well.');
    expect(readFileSync(join(cut, LAST))).toEqual(readFileSync(join(whole, LAST)));
    for (const text of [stdout, again.stdout]) {
      expect(text).toContain('Too few points of one process to judge memory and speed.');
    }
  });

  test('sees a checkpoint that does not hold all that the training goes on with', () => {
    const path = join(temporaryFolder(), 'run');
    const run = new SoakRun(path, soakConfig(6000, 3));
    expect(run.advance()).toMatchObject({ steps: 2000, began: 0, goesOn: true });
    const { agent } = run.session;
    const { save } = agent;
    const { rng } = agent.save();
    agent.save = () => {
      agent.save = save;
      return { ...save.call(agent), rng }; // the generator of a thousand steps before
    };
    expect(run.advance()).toMatchObject({ steps: 4000, goesOn: false });
    expect(run.advance()).toMatchObject({ steps: 6000, goesOn: true });
    expect(run.done).toBe(true);

    const again = new SoakRun(path, soakConfig(6000, 3)); // there is nothing left to do
    expect(again.session.trainer.steps).toBe(6000);
    expect(again.done).toBe(true);
    expect(again.points).toEqual(run.points);
  });

  test('does not go on with another one', () => {
    const path = join(temporaryFolder(), 'run');
    new SoakRun(path, soakConfig(6000, 3));
    expect(() => new SoakRun(path, soakConfig(8000, 4))).toThrow(
      `soak: ${path} must hold a run of these steps and points, got one of 7000 steps with a checkpoint every 2000. Take another folder.`,
    );
  });

  test.each([
    [20_000_000, 3],
    [4000, 4],
    [Number.NaN, 4],
    [4000, 0],
  ])('refuses %d steps for %d points', (steps, points) => {
    expect(() => soakConfig(steps, points)).toThrow(
      `soak: steps must be points times an integer above 1000, got ${steps} for ${points} points.`,
    );
  });
});
