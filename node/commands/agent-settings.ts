import { agentEntry } from '../../agents/registry.ts';
import { hint, show } from '../../core/check.ts';
import { UsageError } from '../usage-error.ts';

type Options = Readonly<Record<string, unknown>>;

/**
 * The options of an agent that `--set` asks for, laid over those that stand where it says nothing.
 *
 * A key with dots is of an option inside an option: `optimizer.learningRate` leaves the rest of the
 * optimizer as it is.
 *
 * @param given Those that stand in place of the agent's own, such as tuned ones.
 * @param settings Values by key, in the order of the command line.
 * @throws UsageError if a key with dots leads nowhere, or one without is of an option inside another; the
 *   agent itself checks all else.
 */
export function agentSettings(agent: string, given: Options, settings: Options): Options {
  const { defaults } = agentEntry(agent);
  let options = given;
  for (const [key, value] of Object.entries(settings)) {
    const standing: Options = { ...defaults, ...options };
    const [name, ...inner] = key.split('.');
    if (inner.length > 0) requireOption(`--set ${key}`, agent, standing, name);
    else if (!Object.hasOwn(standing, name)) refuseInner(agent, standing, name);
    options = { ...options, [name]: laidOver(key, [name], standing[name], inner, value) };
  }
  return options;
}

/** What stands, with the value at the end of a path through it. */
function laidOver(
  key: string,
  at: readonly string[],
  standing: unknown,
  [name, ...inner]: readonly string[],
  value: unknown,
): unknown {
  if (name === undefined) return value;
  if (isObject(standing)) {
    return { ...standing, [name]: laidOver(key, [...at, name], standing[name], inner, value) };
  }
  throw new UsageError(
    `--set ${key}: ${at.join('.')} must be an object to have ${show(name)} in it, got ${show(standing)}. Set it as a whole, as JSON.`,
  );
}

function requireOption(where: string, agent: string, standing: Options, name: string): void {
  if (Object.hasOwn(standing, name)) return;
  const known = Object.keys(standing);
  throw new UsageError(
    `${where}: ${agent} has no option ${show(name)}.${hint(name, known)} Known options: ${known.join(', ')}.`,
  );
}

/** Names the options that have one of this name inside, if there are some. */
function refuseInner(agent: string, standing: Options, name: string): void {
  const inside = Object.entries(standing).filter(
    ([, option]) => isObject(option) && Object.hasOwn(option, name),
  );
  if (inside.length === 0) return;
  const meant = inside.map(([outer]) => show(`${outer}.${name}`)).join(' or ');
  throw new UsageError(`${agent}: unknown option ${show(name)}. Did you mean ${meant}?`);
}

function isObject(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
