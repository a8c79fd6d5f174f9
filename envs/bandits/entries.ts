import type { Box, Discrete } from '../../core/space.ts';
import type { EnvEntry } from '../registry.ts';
import { ADVERSARIAL_BANDIT_DEFAULTS, adversarialBandit } from './adversarial-bandit.ts';
import { BERNOULLI_BANDIT_DEFAULTS, bernoulliBandit } from './bernoulli-bandit.ts';
import { K_ARMED_BANDIT_DEFAULTS, kArmedBandit } from './k-armed-bandit.ts';
import {
  LINEAR_CONTEXTUAL_BANDIT_DEFAULTS,
  linearContextualBandit,
} from './linear-contextual-bandit.ts';
import {
  NETWORK_CONTEXTUAL_BANDIT_DEFAULTS,
  networkContextualBandit,
} from './network-contextual-bandit.ts';
import { RANDOM_WALK_BANDIT_DEFAULTS, randomWalkBandit } from './random-walk-bandit.ts';

/** The bandits that `make` knows by id, with the types of their observations and actions. */
export interface BanditEnvTypes {
  'KArmedBandit-v0': [Discrete, Discrete];
  'BernoulliBandit-v0': [Discrete, Discrete];
  'RandomWalkBandit-v0': [Discrete, Discrete];
  'LinearContextualBandit-v0': [Box, Discrete];
  'NetworkContextualBandit-v0': [Box, Discrete];
  'AdversarialBandit-v0': [Discrete, Discrete];
}

/** The registry's entries for the bandits. */
export const BANDIT_ENTRIES: readonly EnvEntry[] = [
  {
    id: 'KArmedBandit-v0',
    family: 'bandits',
    description: 'The 10-armed testbed: ten arms with normal rewards around unknown values.',
    source: 'Sutton & Barto (2018), section 2.3',
    defaults: K_ARMED_BANDIT_DEFAULTS,
    rewardThreshold: null,
    create: kArmedBandit,
  },
  {
    id: 'BernoulliBandit-v0',
    family: 'bandits',
    description: 'Arms that give 1 or nothing, with unknown chances.',
    source: 'Chapelle & Li (2011), An empirical evaluation of Thompson sampling',
    defaults: BERNOULLI_BANDIT_DEFAULTS,
    rewardThreshold: null,
    create: bernoulliBandit,
  },
  {
    id: 'RandomWalkBandit-v0',
    family: 'bandits',
    description: 'Ten arms that begin alike and whose values walk at random (exercise 2.5).',
    source: 'Sutton & Barto (2018), exercise 2.5',
    defaults: RANDOM_WALK_BANDIT_DEFAULTS,
    rewardThreshold: null,
    create: randomWalkBandit,
  },
  {
    id: 'LinearContextualBandit-v0',
    family: 'bandits',
    description: 'Arms whose values are linear in a context that is shown before each pull.',
    source: 'Li, Chu, Langford & Schapire (2010), section 3.1',
    defaults: LINEAR_CONTEXTUAL_BANDIT_DEFAULTS,
    rewardThreshold: null,
    create: linearContextualBandit,
  },
  {
    id: 'NetworkContextualBandit-v0',
    family: 'bandits',
    description: 'Arms whose values a small random network makes of the context.',
    source: 'our own, after Riquelme, Tucker & Snoek (2018)',
    defaults: NETWORK_CONTEXTUAL_BANDIT_DEFAULTS,
    rewardThreshold: null,
    create: networkContextualBandit,
  },
  {
    id: 'AdversarialBandit-v0',
    family: 'bandits',
    description: 'Rewards that an adversary has laid down beforehand: the best arm switches.',
    source: 'Auer, Cesa-Bianchi, Freund & Schapire (2002); the sequences are our own',
    defaults: ADVERSARIAL_BANDIT_DEFAULTS,
    rewardThreshold: null,
    create: adversarialBandit,
  },
];
