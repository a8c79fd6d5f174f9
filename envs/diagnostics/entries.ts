import type { Box, Discrete } from '../../core/space.ts';
import type { Dict, Graph, OneOf, Sequence, Tuple } from '../../core/spaces/composite.ts';
import type { MultiBinary, MultiDiscrete, Text } from '../../core/spaces/multi.ts';
import type { EnvEntry } from '../registry.ts';
import { CATCH_DEFAULTS, catchBall, tabularCatch } from './catch.ts';
import { DEEP_SEA_DEFAULTS, deepSea, tabularDeepSea } from './deep-sea.ts';
import {
  DISCOUNTING_CHAIN_DEFAULTS,
  discountingChain,
  tabularDiscountingChain,
} from './discounting-chain.ts';
import { ENDLESS_DEFAULTS, endless } from './endless.ts';
import {
  IDENTITY_MULTI_BINARY_DEFAULTS,
  IDENTITY_MULTI_DISCRETE_DEFAULTS,
  IDENTITY_TEXT_DEFAULTS,
  identityMultiBinary,
  identityMultiDiscrete,
  identityText,
} from './identity-arrays.ts';
import { IDENTITY_BOX_DEFAULTS, identityBox } from './identity-box.ts';
import {
  IDENTITY_GRAPH_DEFAULTS,
  IDENTITY_PARTS_DEFAULTS,
  IDENTITY_SEQUENCE_DEFAULTS,
  identityDict,
  identityGraph,
  identityOneOf,
  identitySequence,
  identityTuple,
} from './identity-composites.ts';
import { IDENTITY_DISCRETE_DEFAULTS, identityDiscrete } from './identity-discrete.ts';
import { MASKED_CHOICE_DEFAULTS, maskedChoice } from './masked-choice.ts';
import { MEMORY_CHAIN_DEFAULTS, memoryChain } from './memory-chain.ts';
import {
  TABULAR_UMBRELLA_CHAIN_DEFAULTS,
  tabularUmbrellaChain,
  UMBRELLA_CHAIN_DEFAULTS,
  umbrellaChain,
} from './umbrella-chain.ts';

/** The diagnostic worlds that `make` knows by id, with their observations and actions. */
export interface DiagnosticEnvTypes {
  'Catch-v0': [Box, Discrete];
  'CatchTabular-v0': [Discrete, Discrete];
  'DeepSea-v0': [Box, Discrete];
  'DeepSeaStochastic-v0': [Box, Discrete];
  'DeepSeaTabular-v0': [Discrete, Discrete];
  'MemoryChain-v0': [Box, Discrete];
  'UmbrellaChain-v0': [Box, Discrete];
  'UmbrellaChainTabular-v0': [Discrete, Discrete];
  'DiscountingChain-v0': [Box, Discrete];
  'DiscountingChainTabular-v0': [Discrete, Discrete];
  'IdentityDiscrete-v0': [Discrete, Discrete];
  'IdentityBox-v0': [Box, Box];
  'IdentityMultiDiscrete-v0': [MultiDiscrete, MultiDiscrete];
  'IdentityMultiBinary-v0': [MultiBinary, MultiBinary];
  'IdentityText-v0': [Text, Text];
  'IdentityDict-v0': [
    Dict<{ number: Discrete; vector: Box }>,
    Dict<{ number: Discrete; vector: Box }>,
  ];
  'IdentityTuple-v0': [Tuple<readonly [Discrete, Box]>, Tuple<readonly [Discrete, Box]>];
  'IdentityOneOf-v0': [OneOf<readonly [Discrete, Box]>, OneOf<readonly [Discrete, Box]>];
  'IdentitySequence-v0': [Sequence<Discrete>, Sequence<Discrete>];
  'IdentityGraph-v0': [Graph<Discrete, Discrete>, Graph<Discrete, Discrete>];
  'Endless-v0': [Discrete, Discrete];
  'MaskedChoice-v0': [Discrete, Discrete];
}

/** The registry's entries for the diagnostic worlds. */
export const DIAGNOSTIC_ENTRIES: readonly EnvEntry[] = [
  {
    id: 'Catch-v0',
    family: 'diagnostics',
    description: 'Be below a falling ball when it lands (bsuite).',
    source: 'Osband et al. (2020), Behaviour suite for reinforcement learning, catch',
    defaults: CATCH_DEFAULTS,
    rewardThreshold: null,
    create: catchBall,
  },
  {
    id: 'CatchTabular-v0',
    family: 'diagnostics',
    description: 'Catch, showing the number of its state, with a model.',
    source: 'Osband et al. (2020), Behaviour suite for reinforcement learning, catch',
    defaults: CATCH_DEFAULTS,
    rewardThreshold: null,
    create: tabularCatch,
  },
  {
    id: 'DeepSea-v0',
    family: 'diagnostics',
    description: 'Is exploration deep? Only N right moves in a row find the treasure (bsuite).',
    source: 'Osband et al. (2020), Behaviour suite for reinforcement learning, deep_sea',
    defaults: DEEP_SEA_DEFAULTS,
    rewardThreshold: null,
    create: deepSea,
  },
  {
    id: 'DeepSeaStochastic-v0',
    family: 'diagnostics',
    description: 'The deep sea with currents and with noise in its rewards (bsuite).',
    source: 'Osband et al. (2020), Behaviour suite for reinforcement learning, deep_sea_stochastic',
    defaults: { ...DEEP_SEA_DEFAULTS, stochastic: true },
    rewardThreshold: null,
    create: deepSea,
  },
  {
    id: 'DeepSeaTabular-v0',
    family: 'diagnostics',
    description: 'The deep sea, showing the number of the cell, with a model.',
    source: 'Osband et al. (2020), Behaviour suite for reinforcement learning, deep_sea',
    defaults: DEEP_SEA_DEFAULTS,
    rewardThreshold: null,
    create: tabularDeepSea,
  },
  {
    id: 'MemoryChain-v0',
    family: 'diagnostics',
    description: 'Is there a memory? Bits shown at the start are asked for at the end (bsuite).',
    source:
      'Osband et al. (2020), Behaviour suite for reinforcement learning, memory_len and memory_size',
    defaults: MEMORY_CHAIN_DEFAULTS,
    rewardThreshold: null,
    create: memoryChain,
  },
  {
    id: 'UmbrellaChain-v0',
    family: 'diagnostics',
    description: 'Is credit given over many noisy steps? Only the first action counts (bsuite).',
    source:
      'Osband et al. (2020), Behaviour suite for reinforcement learning, umbrella_length and umbrella_distract',
    defaults: UMBRELLA_CHAIN_DEFAULTS,
    rewardThreshold: null,
    create: umbrellaChain,
  },
  {
    id: 'UmbrellaChainTabular-v0',
    family: 'diagnostics',
    description:
      'The umbrella chain without distractors, showing its state’s number, with a model.',
    source: 'Osband et al. (2020), Behaviour suite for reinforcement learning, umbrella_length',
    defaults: TABULAR_UMBRELLA_CHAIN_DEFAULTS,
    rewardThreshold: null,
    create: tabularUmbrellaChain,
  },
  {
    id: 'DiscountingChain-v0',
    family: 'diagnostics',
    description: 'How far does it look ahead? The higher reward may be the later one (bsuite).',
    source: 'Osband et al. (2020), Behaviour suite for reinforcement learning, discounting_chain',
    defaults: DISCOUNTING_CHAIN_DEFAULTS,
    rewardThreshold: null,
    create: discountingChain,
  },
  {
    id: 'DiscountingChainTabular-v0',
    family: 'diagnostics',
    description: 'The discounting chain, showing the number of its state, with a model.',
    source: 'Osband et al. (2020), Behaviour suite for reinforcement learning, discounting_chain',
    defaults: DISCOUNTING_CHAIN_DEFAULTS,
    rewardThreshold: null,
    create: tabularDiscountingChain,
  },
  {
    id: 'IdentityDiscrete-v0',
    family: 'diagnostics',
    description: 'Do the number that is shown.',
    source: 'Stable-Baselines (Hill et al., 2018), IdentityEnv',
    defaults: IDENTITY_DISCRETE_DEFAULTS,
    rewardThreshold: null,
    create: identityDiscrete,
  },
  {
    id: 'IdentityBox-v0',
    family: 'diagnostics',
    description: 'Do the vector that is shown.',
    source: 'after Stable-Baselines (Hill et al., 2018), IdentityEnvBox',
    defaults: IDENTITY_BOX_DEFAULTS,
    rewardThreshold: null,
    create: identityBox,
  },
  {
    id: 'IdentityMultiDiscrete-v0',
    family: 'diagnostics',
    description: 'Do the integers that are shown, all at once.',
    defaults: IDENTITY_MULTI_DISCRETE_DEFAULTS,
    rewardThreshold: null,
    create: identityMultiDiscrete,
  },
  {
    id: 'IdentityMultiBinary-v0',
    family: 'diagnostics',
    description: 'Do the zeros and ones that are shown.',
    defaults: IDENTITY_MULTI_BINARY_DEFAULTS,
    rewardThreshold: null,
    create: identityMultiBinary,
  },
  {
    id: 'IdentityText-v0',
    family: 'diagnostics',
    description: 'Say the string that is shown.',
    defaults: IDENTITY_TEXT_DEFAULTS,
    rewardThreshold: null,
    create: identityText,
  },
  {
    id: 'IdentityDict-v0',
    family: 'diagnostics',
    description: 'Do the number and the vector that are shown, by name.',
    defaults: IDENTITY_PARTS_DEFAULTS,
    rewardThreshold: null,
    create: identityDict,
  },
  {
    id: 'IdentityTuple-v0',
    family: 'diagnostics',
    description: 'Do the number and the vector that are shown, in a list.',
    defaults: IDENTITY_PARTS_DEFAULTS,
    rewardThreshold: null,
    create: identityTuple,
  },
  {
    id: 'IdentityOneOf-v0',
    family: 'diagnostics',
    description: 'Do the number or the vector, whichever is shown.',
    defaults: IDENTITY_PARTS_DEFAULTS,
    rewardThreshold: null,
    create: identityOneOf,
  },
  {
    id: 'IdentitySequence-v0',
    family: 'diagnostics',
    description: 'Do the list that is shown, of any length up to a greatest.',
    defaults: IDENTITY_SEQUENCE_DEFAULTS,
    rewardThreshold: null,
    create: identitySequence,
  },
  {
    id: 'IdentityGraph-v0',
    family: 'diagnostics',
    description: 'Do the graph that is shown.',
    defaults: IDENTITY_GRAPH_DEFAULTS,
    rewardThreshold: null,
    create: identityGraph,
  },
  {
    id: 'Endless-v0',
    family: 'diagnostics',
    description: 'Is truncation told from termination? Every step gives 1, without end.',
    source: 'our own, after Pardo, Tavakoli, Levdik & Kormushev (2018)',
    defaults: ENDLESS_DEFAULTS,
    rewardThreshold: null,
    create: endless,
  },
  {
    id: 'MaskedChoice-v0',
    family: 'diagnostics',
    description: 'Are masks honored, also in what follows? Cheap choices leave only dear ones.',
    source: 'our own, after Huang & Ontañón (2022)',
    defaults: MASKED_CHOICE_DEFAULTS,
    rewardThreshold: null,
    create: maskedChoice,
  },
];
