import { hint, show } from '../../core/check.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { checkCommand } from './env-check.ts';
import { infoCommand } from './env-info.ts';
import { listCommand } from './env-list.ts';

const VERBS = { list: listCommand, info: infoCommand, check: checkCommand } as const;

/** What each verb takes besides `--help`. */
const OPTIONS_OF: Readonly<Record<keyof typeof VERBS, readonly string[]>> = {
  list: ['family', 'json'],
  info: ['env-set', 'json'],
  check: ['steps', 'seed', 'env-set', 'json'],
};

/** `palaestra env`. */
export const env: Command = {
  name: 'env',
  arguments: 'list|info|check [id|file]',
  summary: 'Lists the worlds, tells all about one, or checks one: of the registry, or in a file.',
  options: {
    family: { type: 'string', value: '<name>', help: 'list: only this family' },
    steps: {
      type: 'string',
      value: '<n>',
      help: 'check: steps that are looked at one by one (default 10k)',
    },
    seed: { type: 'string', value: '<n>', help: 'check: seed of episodes and actions (default 0)' },
    'env-set': {
      type: 'string',
      multiple: true,
      value: '<key=value>',
      help: "info, check: an option of the world's; may be repeated",
    },
    json: { type: 'boolean', help: 'print JSON' },
    help: { type: 'boolean', short: 'h', help: 'show this' },
  },
  examples: [
    'palaestra env list --family control',
    'palaestra env info CartPole-v1',
    'palaestra env check FrozenLake-v1 --env-set slippery=false',
    'palaestra env check my-env.ts --steps 50k',
  ],
  async run(words) {
    const [verb, ...rest] = words.positionals;
    if (!isVerb(verb)) {
      const slip = verb === undefined ? '' : ` got ${show(verb)}.${hint(verb, Object.keys(VERBS))}`;
      throw new UsageError(`palaestra env takes list, info or check.${slip}`);
    }
    for (const name of ['family', 'steps', 'seed', 'env-set', 'json']) {
      const given = words.text(name) !== undefined;
      if (!given || OPTIONS_OF[verb].includes(name)) continue;
      const known = OPTIONS_OF[verb].map((option) => `--${option}`).join(', ');
      throw new UsageError(`palaestra env ${verb} takes no --${name}. Options: ${known}.`);
    }
    return VERBS[verb](words, rest);
  },
};

function isVerb(word: string | undefined): word is keyof typeof VERBS {
  return word !== undefined && Object.hasOwn(VERBS, word);
}
