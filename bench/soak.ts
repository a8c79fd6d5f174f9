/**
 * Does a training of days stay as it was: memory flat, no slower, every checkpoint good?
 *
 *     npm run bench:soak                          # 20,000,000 steps of DQN on CartPole, 20 points
 *     npm run bench:soak -- --steps 2000000 --run soak-2
 *
 * CleanRL's settings, through the ordinary session in a run folder (default `runs/soak`). At each point
 * it writes a checkpoint, measures, and has a fresh session go on from the file: 1,000 steps later that
 * must be in the same state, bit for bit. Speed counts processor time, and is set beside a yardstick
 * that runs in turns with the training, so that a busy machine changes it little. Called again, it goes
 * on from the last checkpoint.
 *
 * Ends with 1 where memory grew, speed fell, or a checkpoint was not good (`LIMITS`).
 */
import { parseArgs } from 'node:util';
import { formatTable } from '../node/table.ts';
import { judge, LIMITS, percent, type SoakPoint } from './soak/points.ts';
import { SoakRun, soakConfig } from './soak/soak-run.ts';

const { values: OPTIONS } = parseArgs({
  options: {
    steps: { type: 'string', default: '20000000' },
    points: { type: 'string', default: '20' },
    run: { type: 'string', default: 'runs/soak' }, // a folder
  },
});

const HEAD = ['steps', 'steps/s', 'pace', 'RSS MB', 'held MB', 'checkpoint kB', 'goes on'];

function rowOf(point: SoakPoint): string[] {
  return [
    point.steps.toLocaleString('en'),
    point.stepsPerSecond.toFixed(0),
    point.pace.toFixed(1),
    (point.resident / 1e6).toFixed(1),
    (point.held / 1e6).toFixed(2),
    (point.checkpoint / 1e3).toFixed(0),
    point.goesOn ? 'yes' : 'NO',
  ];
}

/** Says what was judged and found; returns whether all is well. */
function report(points: readonly SoakPoint[]): boolean {
  const { judged, growth, faults } = judge(points);
  console.log(`\nnode ${process.version}\n${formatTable(HEAD, points.map(rowOf))}\n`);
  if (judged.length === 0) console.log('Too few points of one process to judge memory and speed.');
  else {
    console.log(
      `From step ${judged[0].steps} on: held ${percent(growth.held)} (at most ${percent(LIMITS.held)}), RSS ${percent(growth.resident)} (at most ${percent(LIMITS.resident)}), pace ${percent(growth.pace)} (at least −${percent(LIMITS.pace)}).`,
    );
  }
  for (const fault of faults) console.log(fault);
  console.log(faults.length === 0 ? 'All is well.' : 'SOMETHING IS WRONG.');
  return faults.length === 0;
}

const soak = new SoakRun(OPTIONS.run, soakConfig(Number(OPTIONS.steps), Number(OPTIONS.points)));
const { steps } = soak.session.trainer;
if (steps > 0) console.log(`Goes on from step ${steps}.`);
while (!soak.done) {
  const point = soak.advance();
  console.log(
    rowOf(point)
      .map((cell, i) => `${HEAD[i]} ${cell}`)
      .join('  '),
  );
}
process.exitCode = report(soak.points) ? 0 : 1;
