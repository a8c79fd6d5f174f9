"""Records whole runs of Gymnasium's worlds in test/fixtures/gymnasium-runs.json.gz.

Run from the repository's root, with Gymnasium 1.4 and NumPy 2 (pip install gymnasium):

    python bench/peers/make_golden.py [first seed]

A run is seeded once, by its first reset; an episode that ends is followed by a reset without a seed.
test/fixtures/README.md describes the file. With a number the ten seeds are others than those of the
file in the repository, and the test passes just as well.
"""

import gzip
import json
import pathlib
import random
import sys

import gymnasium
import numpy as np
from gymnasium.envs.toy_text.frozen_lake import generate_random_map
from gymnasium.vector import AutoresetMode, SyncVectorEnv

OUT = pathlib.Path(__file__).resolve().parents[2] / 'test' / 'fixtures' / 'gymnasium-runs.json.gz'
SEEDS = [0, 1, 7, 42, 123, 2024, 99_991, 2**31 - 1, 2**32 + 7, 2**53 - 11]
if len(sys.argv) > 1:
    SEEDS = list(range(int(sys.argv[1]), int(sys.argv[1]) + 10))

UNIT = 4e-7  # of observations and rewards of the control worlds
ACTION_UNIT = 0.05

# Three ways from the start on the left, one of them past a hole in the middle of the ice.
CUSTOM_MAP = ['SFFFF', 'FHFHF', 'FFSFF', 'HFFFG']

# Id, options here, options there, steps.
TOY_TEXT = [
    ('FrozenLake-v1', {}, {}, 120),
    ('FrozenLake-v1', {'slippery': False}, {'is_slippery': False}, 60),
    ('FrozenLake-v1', {'successRate': 0.8}, {'success_rate': 0.8}, 120),
    ('FrozenLake-v1', {'map': '8x8'}, {'map_name': '8x8'}, 120),
    ('FrozenLake-v1', {'map': CUSTOM_MAP}, {'desc': CUSTOM_MAP}, 120),
    (
        'FrozenLake-v1',
        {'slippery': False, 'rewardSchedule': [5, -2, -1]},
        {'is_slippery': False, 'reward_schedule': (5, -2, -1)},
        60,
    ),
    ('FrozenLake8x8-v1', {}, {}, 250),
    ('CliffWalking-v1', {}, {}, 150),
    ('CliffWalking-v1', {'slippery': True}, {'is_slippery': True}, 150),
    ('CliffWalkingSlippery-v1', {}, {}, 150),
    ('Taxi-v4', {}, {}, 250),
    ('Taxi-v4', {'rainy': True}, {'is_rainy': True}, 250),
    ('Taxi-v4', {'ficklePassenger': True}, {'fickle_passenger': True}, 400),
    ('Taxi-v4', {'rainy': True, 'ficklePassenger': True}, {'is_rainy': True, 'fickle_passenger': True}, 400),
    ('Blackjack-v1', {}, {}, 60),
    ('Blackjack-v1', {'sab': False}, {'sab': False}, 60),
    ('Blackjack-v1', {'natural': True, 'sab': False}, {'natural': True, 'sab': False}, 60),
]
# Id, options here, options there, episodes, number of seeds.
CONTROL = [
    ('CartPole-v0', {}, {}, 2, 2),
    ('CartPole-v1', {}, {}, 2, 10),
    ('MountainCar-v0', {}, {}, 2, 10),
    ('MountainCar-v0', {'goalVelocity': 0.02}, {'goal_velocity': 0.02}, 1, 2),
    ('MountainCarContinuous-v0', {}, {}, 2, 10),
    ('MountainCarContinuous-v0', {'goalVelocity': 0.03}, {'goal_velocity': 0.03}, 1, 2),
    ('Acrobot-v1', {}, {}, 2, 10),
    ('Pendulum-v1', {}, {}, 2, 10),
    ('Pendulum-v1', {'gravity': 9.81}, {'g': 9.81}, 1, 2),
]
MAPS = [(8, 0.8), (4, 0.8), (2, 0.5), (12, 0.7), (16, 0.9), (5, 0.4), (3, 1.0)]


def count(observation):
    """Blackjack's three numbers as one; the others have one."""
    if isinstance(observation, tuple):
        total, card, ace = observation
        return int((total * 11 + card) * 2 + ace)
    return int(observation)


def legal(env, info):
    mask = info.get('action_mask')
    return range(env.action_space.n) if mask is None else np.flatnonzero(mask).tolist()


def play_toy_text(id, ours, theirs, steps, seed):
    env = gymnasium.make(id, **theirs)
    choices = random.Random(seed)
    observation, info = env.reset(seed=seed)
    episodes = [{'start': count(observation), 'actions': [], 'observations': [], 'rewards': [], 'end': None}]
    for _ in range(steps):
        action = choices.choice(legal(env, info))
        observation, reward, terminated, truncated, info = env.step(action)
        episode = episodes[-1]
        episode['actions'].append(action)
        episode['observations'].append(count(observation))
        episode['rewards'].append(float(reward))
        if terminated or truncated:
            episode['end'] = 'terminated' if terminated else 'truncated'
            observation, info = env.reset()
            start = {'start': count(observation), 'actions': [], 'observations': [], 'rewards': [], 'end': None}
            episodes.append(start)
    return {'id': id, 'options': ours, 'seed': seed, 'episodes': episodes}


def skill(id, number, t):
    """The chance of an action that gets on: high in every other episode, low and then high in the others.

    The pole is let go after 100 steps, and the acrobot swings up after 20, so that episodes end in time.
    """
    if id.startswith('CartPole'):
        return 0.8 if t < 100 else 0.3
    return 0.95 if number % 2 == 0 or (id == 'Acrobot-v1' and t > 20) else 0.3


def choose(id, observation, chance, choices):
    """A random action, or with the given chance one that gets on; continuous ones may lie beyond the bounds."""
    skilled = choices.random() < chance
    if id.startswith('CartPole'):
        return int(observation[2] + observation[3] > 0) if skilled else choices.randrange(2)
    if id == 'MountainCar-v0':
        return (2 if observation[1] > 0 else 0) if skilled else choices.randrange(3)
    if id == 'Acrobot-v1':
        return (2 if observation[5] > 0 else 0) if skilled else choices.randrange(3)
    bound = 2 if id == 'Pendulum-v1' else 1
    size = choices.uniform(0, 1.2 * bound)
    forward = observation[2 if id == 'Pendulum-v1' else 1] > 0
    way = (1 if forward else -1) if skilled else choices.choice([-1, 1])
    return way * round(size / ACTION_UNIT) * ACTION_UNIT


def differences(rows):
    """Each column in units, as differences of differences: smooth curves become small numbers."""
    units = np.round(np.array(rows, np.float64) / UNIT).astype(np.int64)
    return [np.diff(np.diff(column, prepend=0), prepend=0).tolist() for column in units.T]


def play_control(id, ours, theirs, num_episodes, seed):
    """Whole episodes, but for those in which the last bit of a sine, which is up to the C library, decides.

    Links that whirl around, and a pole that is kept upright by actions laid down beforehand, can make
    of it as much as you like: an episode is cut where a twin that began 1e-15 away has strayed by 2e-7, or
    by 5e-9 among the acrobot's numbers, of which some are above 8, where float32 has steps of 1e-6.
    """
    env, twin = gymnasium.make(id, **theirs), gymnasium.make(id, **theirs)
    choices = random.Random(seed)
    episodes = []
    for number in range(num_episodes):
        observation, _ = env.reset(seed=seed) if number == 0 else env.reset()
        observations, actions, rewards, end = [observation], [], [], None
        twin.reset()
        twin.unwrapped.state = env.unwrapped.state + np.float64(1e-15)
        strayed = False
        while end is None and not strayed:
            action = choose(id, observation, skill(id, number + seed, len(actions)), choices)
            given = np.array([action], np.float32) if isinstance(action, float) else action
            observation, reward, terminated, truncated, _ = env.step(given)
            twin.step(given)
            strayed = np.abs(np.subtract(twin.unwrapped.state, env.unwrapped.state)).max() > (5e-9 if id == 'Acrobot-v1' else 2e-7)
            observations.append(observation)
            actions.append(round(action / ACTION_UNIT) if isinstance(action, float) else action)
            rewards.append([float(reward)])
            if terminated or truncated:
                end = 'terminated' if terminated else 'truncated'
        columns = {'observations': differences(observations), 'rewards': differences(rewards)[0]}
        episodes.append({**columns, 'actions': actions, 'end': end})
    return {'id': id, 'options': ours, 'seed': seed, 'episodes': episodes}


def play_vector(id, copies, seed, steps):
    """What the copies show: the next episode's first observation where an episode has ended."""
    envs = SyncVectorEnv([lambda: gymnasium.make(id)] * copies, autoreset_mode=AutoresetMode.SAME_STEP)
    choices = random.Random(seed)
    rows, taken, ended = [envs.reset(seed=seed)[0].ravel()], [], 0
    for _ in range(steps):
        actions = [choices.randrange(2) for _ in range(copies)]
        observations, _, terminated, truncated, _ = envs.step(np.array(actions))
        taken.append(actions)
        rows.append(observations.ravel())
        ended += int((terminated | truncated).sum())
    return {
        **{'id': id, 'copies': copies, 'seed': seed, 'actions': taken},
        **{'observations': differences(rows), 'ended': ended},
    }


golden = {
    'gymnasium': gymnasium.__version__,
    'numpy': np.__version__,
    'unit': UNIT,
    'actionUnit': ACTION_UNIT,
    'toyText': [play_toy_text(*world, seed) for world in TOY_TEXT for seed in SEEDS],
    'control': [play_control(*world, seed) for *world, seeds in CONTROL for seed in SEEDS[:seeds]],
    'vector': play_vector('CartPole-v1', 3, SEEDS[0] + 7, 60),
    'maps': [
        {'size': size, 'frozenProbability': p, 'seed': seed, 'rows': generate_random_map(size, p, seed)}
        for size, p in MAPS
        for seed in SEEDS
    ],
}
text = json.dumps(golden, separators=(',', ':')).encode()
OUT.write_bytes(gzip.compress(text, 9, mtime=0))
