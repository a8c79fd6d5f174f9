import { type ParseArgsConfig, parseArgs } from 'node:util';
import { hint } from '../core/check.ts';
import { UsageError } from './usage-error.ts';

/** One option of a command. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  /** What stands for the value in the help, such as `<n>`. */
  readonly value?: string;
  readonly help: string;
}

/** The words of a command line, parsed. */
export interface CommandWords {
  readonly positionals: readonly string[];
  /** Names of the options that are given. */
  readonly given: readonly string[];
  /** The value of a string option, `undefined` where it is not given. */
  text(name: string): string | undefined;
  /** Every value of an option that may be given several times. */
  texts(name: string): readonly string[];
  /** Whether a boolean option is given. */
  flag(name: string): boolean;
}

/** A command of the `palaestra` program. */
export interface Command {
  readonly name: string;
  /** What follows the name: `<agent> <env>`. */
  readonly arguments: string;
  /** One sentence. */
  readonly summary: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly examples: readonly string[];
  /**
   * @returns the exit code: 0 all went well, 1 it failed, 130 it was interrupted.
   * @throws UsageError if the words make no sense: exit code 2.
   */
  run(words: CommandWords): Promise<number>;
}

/** @throws UsageError if an option is unknown or lacks its value. */
export function parseWords(command: Command, argv: readonly string[]): CommandWords {
  const known = Object.keys(command.options);
  const { values, positionals } = parseStrictly(command, argv, known);
  const given = values as Record<string, string | boolean | string[] | undefined>;
  return {
    positionals,
    given: Object.keys(given),
    text: (name) => given[name] as string | undefined,
    texts: (name) => (given[name] as string[] | undefined) ?? [],
    flag: (name) => given[name] === true,
  };
}

function parseStrictly(command: Command, argv: readonly string[], known: readonly string[]) {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { type, short, multiple }] of Object.entries(command.options)) {
    options[name] = { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) };
  }
  try {
    return parseArgs({
      args: joinNegatives(command, argv),
      options,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unknown = /Unknown option '--?([^']+)'/.exec(message)?.[1];
    if (unknown === undefined) throw new UsageError(`palaestra ${command.name}: ${message}`);
    const names = known.map((name) => `--${name}`).join(', ');
    throw new UsageError(
      `palaestra ${command.name}: unknown option --${unknown}.${hint(unknown, known)} Options: ${names}.`,
    );
  }
}

/** Joins an option and a negative number behind it, which would else be taken for another option. */
function joinNegatives({ options }: Command, argv: readonly string[]): string[] {
  const args: string[] = [];
  for (const [i, word] of argv.entries()) {
    const before = argv[i - 1] ?? '';
    const takesIt = before.startsWith('--') && options[before.slice(2)]?.type === 'string';
    if (takesIt && /^-\.?\d/.test(word)) args[args.length - 1] = `${before}=${word}`;
    else args.push(word);
  }
  return args;
}

/** What `palaestra <command> --help` prints. */
export function commandHelp(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]) => {
    const short = option.short ? `-${option.short}, ` : '    ';
    return [`  ${short}--${name}${option.value ? ` ${option.value}` : ''}`, option.help] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const lines = rows.map(([left, right]) => `${left.padEnd(width)}${right}`);
  const examples = command.examples.map((example) => `  ${example}`);
  return [
    `palaestra ${command.name} ${command.arguments}`.trimEnd(),
    '',
    command.summary,
    '',
    'Options',
    ...lines,
    ...(examples.length > 0 ? ['', 'Examples', ...examples] : []),
    '',
  ].join('\n');
}

/**
 * A whole number as people write it: `50000`, `50k`, `1.5M`, `50_000`; `1.5` is none.
 *
 * @throws UsageError if it is none, or below `least`.
 */
export function parseCount(name: string, text: string, least: number): number {
  const match = /^(\d[\d_]*)(?:\.(\d+))?([kKmMgG]?)$/.exec(text);
  const count = match ? shifted(match[1].replaceAll('_', ''), match[2], match[3]) : Number.NaN;
  if (Number.isSafeInteger(count) && count >= least) return count;
  throw new UsageError(
    `--${name} must be a whole number of at least ${least}, such as 50000, 50k or 1.5M, got ${JSON.stringify(text)}.`,
  );
}

/** A number with its point moved to the right, digit by digit: NaN where a fraction is left. */
function shifted(whole: string, fraction: string | undefined, unit: string): number {
  const places = UNITS[unit.toLowerCase()];
  const digits = (fraction ?? '').replace(/0+$/, '');
  return digits.length > places ? Number.NaN : Number(whole + digits.padEnd(places, '0'));
}

/** Powers of ten, by their letters. */
const UNITS: Readonly<Record<string, number>> = { '': 0, k: 3, m: 6, g: 9 };

/**
 * Settings given as `key=value`; a value is read as JSON where it is JSON, else as text.
 *
 * @throws UsageError if one has no `=`.
 */
export function parseSettings(name: string, settings: readonly string[]): Record<string, unknown> {
  const parsed = settings.map((setting): [string, unknown] => {
    const equals = setting.indexOf('=');
    if (equals < 1) {
      throw new UsageError(
        `--${name} must be key=value, such as --${name} stepSize=0.1, got ${JSON.stringify(setting)}.`,
      );
    }
    return [setting.slice(0, equals), parseValue(setting.slice(equals + 1))];
  });
  return Object.fromEntries(parsed); // an own key, whatever its name
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
