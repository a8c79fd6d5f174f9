"""Records whole runs of Gymnasium's worlds in test/golden/gymnasium-runs.json.

Run from the repository's root, with Gymnasium 1.4 installed (pip install gymnasium):

    python bench/peers/make_gymnasium_runs.py

A run is seeded once, by its first reset; episodes that end are followed by a reset without a seed.
Observations are those of Gymnasium, numbers with eight digits; blackjack's three numbers are counted
as one, (sum * 11 + upper card) * 2 + usable ace.
"""

import json
import pathlib
import random

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode, SyncVectorEnv

OUT = pathlib.Path(__file__).resolve().parents[2] / 'test' / 'golden' / 'gymnasium-runs.json'

# Id, options here, options there, steps.
DISCRETE = [
    ('FrozenLake-v1', {}, {}, 300),
    ('FrozenLake-v1', {'slippery': False}, {'is_slippery': False}, 100),
    ('FrozenLake8x8-v1', {}, {}, 300),
    ('CliffWalking-v1', {}, {}, 200),
    ('CliffWalkingSlippery-v1', {}, {}, 300),
    ('Taxi-v4', {}, {}, 300),
    ('Taxi-v4', {'rainy': True, 'ficklePassenger': True}, {'is_rainy': True, 'fickle_passenger': True}, 900),
    ('Blackjack-v1', {}, {}, 120),
    ('Blackjack-v1', {'natural': True, 'sab': False}, {'natural': True, 'sab': False}, 120),
]
PHYSICS = [
    ('CartPole-v1', {}, {}, 250),
    ('MountainCar-v0', {}, {}, 205),
    ('MountainCarContinuous-v0', {}, {}, 120),
    ('Acrobot-v1', {}, {}, 120),
    ('Pendulum-v1', {}, {}, 205),
]
SEEDS = [0, 42, 2**32 + 7]


def plain(observation):
    if isinstance(observation, tuple):
        total, card, ace = observation
        return int((total * 11 + card) * 2 + ace)
    if np.ndim(observation) == 0:
        return int(observation)
    return [float(f'{x:.8g}') for x in observation]


def choose(env, observation, info, choices):
    if isinstance(env.action_space, gymnasium.spaces.Box):
        low, high = float(env.action_space.low[0]), float(env.action_space.high[0])
        return round(choices.uniform(low, high), 4)
    if env.spec.id == 'CartPole-v1' and choices.random() < 0.7:
        return int(observation[2] + observation[3] > 0)  # to the side where it leans: longer episodes
    mask = info.get('action_mask')
    legal = range(env.action_space.n) if mask is None else np.flatnonzero(mask).tolist()
    return choices.choice(legal)


def run(id, ours, theirs, steps, seed):
    env = gymnasium.make(id, **theirs)
    choices = random.Random(seed)
    episodes = []
    observation, info = env.reset(seed=seed)
    for _ in range(steps):
        if not episodes or episodes[-1]['end']:
            episodes.append({'start': plain(observation), 'actions': [], 'observations': [], 'rewards': [],
                             'end': None})
        episode = episodes[-1]
        action = choose(env, observation, info, choices)
        given = np.array([action], np.float32) if isinstance(action, float) else action
        observation, reward, terminated, truncated, info = env.step(given)
        episode['actions'].append(action)
        episode['observations'].append(plain(observation))
        episode['rewards'].append(float(f'{reward:.8g}'))
        if terminated or truncated:
            episode['end'] = 'terminated' if terminated else 'truncated'
            observation, info = env.reset()
    return {'id': id, 'options': ours, 'seed': seed, 'episodes': episodes}


def run_vector(id, copies, seed, steps):
    """Observations as the copies show them: the next episode's first one where an episode has ended."""
    envs = SyncVectorEnv([lambda: gymnasium.make(id)] * copies, autoreset_mode=AutoresetMode.SAME_STEP)
    choices = random.Random(seed)
    observations, _ = envs.reset(seed=seed)
    seen, taken, ended = [[plain(row) for row in observations]], [], 0
    for _ in range(steps):
        actions = [choices.randrange(2) for _ in range(copies)]
        observations, _, terminated, truncated, _ = envs.step(np.array(actions))
        taken.append(actions)
        seen.append([plain(row) for row in observations])
        ended += int((terminated | truncated).sum())
    return {'id': id, 'copies': copies, 'seed': seed, 'actions': taken, 'observations': seen, 'ended': ended}


golden = {
    '_doc': 'made by bench/peers/make_gymnasium_runs.py',
    'gymnasium': gymnasium.__version__,
    'numpy': np.__version__,
    'runs': [run(*world, seed) for world in DISCRETE for seed in SEEDS]
    + [run(*world, 42) for world in PHYSICS]
    + [run(*PHYSICS[0], 7)],
    'vector': run_vector('CartPole-v1', 3, 7, 60),
}
OUT.write_text(json.dumps(golden, separators=(',', ':')) + '\n')
