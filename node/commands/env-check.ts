import { existsSync } from 'node:fs';
import { type CheckEnvOptions, checkEnv } from '../../envs/checker/check-env.ts';
import { type CheckReport, formatFindings } from '../../envs/checker/report.ts';
import type { Checkable } from '../../envs/checker/target.ts';
import { make } from '../../envs/registry.ts';
import { type CommandWords, parseCount, parseSettings } from '../command.ts';
import { loadEnv } from '../load-env.ts';
import { asUsage, UsageError } from '../usage-error.ts';

/** `palaestra env check`: exit code 1 where there are errors, 0 for warnings alone. */
export async function checkCommand(words: CommandWords, rest: readonly string[]): Promise<number> {
  const [what, ...more] = rest;
  if (what === undefined || more.length > 0) {
    throw new UsageError(
      'palaestra env check takes one world or one file, such as: palaestra env check CartPole-v1',
    );
  }
  const count = (name: string, least: number, otherwise: number) => {
    const text = words.text(name);
    return text === undefined ? otherwise : parseCount(name, text, least);
  };
  const options = { steps: count('steps', 1, 10_000), seed: count('seed', 0, 0) };
  const settings = parseSettings('env-set', words.texts('env-set'));
  const report = checkEnv(await findEnv(what, settings), options);
  const errors = report.findings.filter(({ severity }) => severity === 'error').length;
  const warnings = report.findings.length - errors;
  if (words.flag('json')) {
    console.log(JSON.stringify({ world: what, ...options, errors, warnings, ...report }, null, 2));
  } else console.log(showReport(what, options, report, { errors, warnings }));
  return errors > 0 ? 1 : 0;
}

/** The world of the registry, or what a file exports. */
async function findEnv(
  what: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<Checkable> {
  const isFile = /\.[cm]?[jt]s$/.test(what) || what.includes('/');
  if (isFile && existsSync(what)) return loadEnv(what, settings);
  if (isFile) throw new UsageError(`There is no such file: ${what}.`);
  return asUsage(() => make(what, { options: settings }));
}

function showReport(
  what: string,
  { steps }: Required<Pick<CheckEnvOptions, 'steps'>>,
  { findings, skipped }: CheckReport,
  { errors, warnings }: { readonly errors: number; readonly warnings: number },
): string {
  const counted = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;
  const sum =
    findings.length === 0
      ? 'nothing to find'
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return [
    ...(findings.length > 0 ? [formatFindings(findings), ''] : []),
    ...skipped.map(({ check, why }) => `not run: ${check}. ${why}`),
    `${what}: ${sum} in ${steps.toLocaleString('en-US')} steps.`,
  ].join('\n');
}
