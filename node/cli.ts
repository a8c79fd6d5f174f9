import { hint, show } from '../core/check.ts';
import { WRITER } from '../training/writer-info.ts';
import { type Command, commandHelp, parseWords } from './command.ts';
import { doctor } from './commands/doctor.ts';
import { env } from './commands/env.ts';
import { exportNetwork } from './commands/export.ts';
import { list } from './commands/list.ts';
import { rec } from './commands/rec.ts';
import { reproduce } from './commands/reproduce.ts';
import { reproduceDeep } from './commands/reproduce-deep.ts';
import { start } from './commands/start.ts';
import { train } from './commands/train.ts';
import { watch } from './commands/watch.ts';
import { prepareSimd } from './prepare-simd.ts';
import { UsageError } from './usage-error.ts';

/** Every command of the program, in the order the help shows them. */
export const COMMANDS: readonly Command[] = [
  start,
  train,
  watch,
  rec,
  exportNetwork,
  reproduce,
  reproduceDeep,
  list,
  env,
  doctor,
];

/**
 * Runs the `palaestra` program.
 *
 * @param argv The words after the program's name.
 * @returns the exit code: 0 all went well, 1 it failed, 2 the words make no sense, 130 interrupted.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const warning = prepareSimd();
  if (warning !== null) console.error(warning);
  try {
    return await dispatch(argv);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(error.message);
      return 2;
    }
    console.error(error instanceof Error ? error.message : String(error));
    if (process.env.PALAESTRA_DEBUG && error instanceof Error) console.error(error.stack);
    return 1;
  }
}

async function dispatch([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(programHelp());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    console.log(WRITER.version);
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const known = COMMANDS.map((candidate) => candidate.name);
    throw new UsageError(
      `There is no command ${show(name)}.${hint(name, known)} palaestra --help lists them.`,
    );
  }
  const words = parseWords(command, rest);
  if (!words.flag('help')) return command.run(words);
  console.log(commandHelp(command));
  return 0;
}

function programHelp(): string {
  const rows = COMMANDS.map(({ name, arguments: words, summary }) => {
    return [`  palaestra ${name} ${words}`.trimEnd(), summary] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return [
    'Palaestra: reinforcement-learning worlds and agents, exact, fast, and watchable in a browser.',
    '',
    'Commands',
    ...rows.map(([left, right]) => `${left.padEnd(width)}${right}`),
    '',
    'palaestra <command> --help shows the options of one. Exit codes: 0 done, 1 failed, 2 usage,',
    '130 interrupted (state saved).',
  ].join('\n');
}
