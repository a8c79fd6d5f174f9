"""Records runs of Gymnasium's wrappers in test/golden/gymnasium-wrappers.json.gz.

Run from the repository's root, with Gymnasium 1.4 installed (pip install gymnasium):

    python bench/peers/make_gymnasium_wrappers.py

A run is seeded once, by its first reset; episodes that end are followed by a reset without a seed.
Observations are lists of numbers with eight digits, the parts of a dict in the order of their names.
Each case names the wrappers as they are here and builds them as they are there.
"""

import gzip
import json
import pathlib
import random

import gymnasium
import numpy as np
from gymnasium import spaces, wrappers as w
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from gymnasium.wrappers import vector as wv

OUT = pathlib.Path(__file__).resolve().parents[2] / 'test' / 'golden' / 'gymnasium-wrappers.json.gz'

INF = float('inf')


def ours(name, **options):
    return {'name': name, 'options': options}


# World, wrappers here (innermost first), wrappers there, steps.
CASES = [
    ('CartPole-v1', [ours('delay-observation', delay=2)], lambda e: w.DelayObservation(e, 2), 40),
    ('CartPole-v1', [ours('frame-stack-observation', frames=3)], lambda e: w.FrameStackObservation(e, 3), 40),
    ('CartPole-v1', [ours('frame-stack-observation', frames=3, padding='zero')],
     lambda e: w.FrameStackObservation(e, 3, padding_type='zero'), 40),
    ('CartPole-v1', [ours('frame-stack-observation', frames=4, padding=[1, -1, 0, 2])],
     lambda e: w.FrameStackObservation(e, 4, padding_type=np.array([1, -1, 0, 2], np.float32)), 40),
    ('CartPole-v1', [ours('time-aware-observation')], lambda e: w.TimeAwareObservation(e), 40),
    ('CartPole-v1', [ours('time-aware-observation', normalizeTime=True)],
     lambda e: w.TimeAwareObservation(e, normalize_time=True), 40),
    ('CartPole-v1', [ours('time-aware-observation', flatten=False)],
     lambda e: w.TimeAwareObservation(e, flatten=False), 40),
    ('CartPole-v1', [ours('rescale-observation', min=[-1, None, 0, None], max=[1, None, 5, None])],
     lambda e: w.RescaleObservation(e, np.array([-1, -INF, 0, -INF], np.float32),
                                    np.array([1, INF, 5, INF], np.float32)), 40),
    ('CartPole-v1', [ours('normalize-observation')], lambda e: w.NormalizeObservation(e), 120),
    ('CartPole-v1', [ours('normalize-reward', discount=0.9)], lambda e: w.NormalizeReward(e, gamma=0.9), 80),
    ('CartPole-v1', [ours('max-and-skip-observation', skip=2)], lambda e: w.MaxAndSkipObservation(e, 2), 20),
    ('CartPole-v1', [ours('sticky-action', probability=0.5)], lambda e: w.StickyAction(e, 0.5), 60),
    ('CartPole-v1', [ours('sticky-action', probability=0.3, duration=[2, 4])],
     lambda e: w.StickyAction(e, 0.3, (2, 4)), 60),
    ('CartPole-v1', [ours('repeat-action', repeats=3)], lambda e: w.RepeatAction(e, 3), 30),
    ('CartPole-v1', [ours('flatten-observation')], lambda e: w.FlattenObservation(e), 20),
    ('CartPole-v1', [ours('reshape-observation', shape=[2, 2])], lambda e: w.ReshapeObservation(e, (2, 2)), 20),
    ('CartPole-v1', [ours('clip-reward', min=-0.5, max=0.5)], lambda e: w.ClipReward(e, -0.5, 0.5), 20),
    ('Pendulum-v1', [ours('discretize-action', bins=7)], lambda e: w.DiscretizeAction(e, 7), 40),
    ('Pendulum-v1', [ours('discretize-action', bins=[4], multiDiscrete=True)],
     lambda e: w.DiscretizeAction(e, (4,), multidiscrete=True), 40),
    ('Pendulum-v1', [ours('rescale-action', min=-0.5, max=1.5)],
     lambda e: w.RescaleAction(e, np.array([-0.5], np.float32), np.array([1.5], np.float32)), 40),
    ('Pendulum-v1', [ours('clip-action')], lambda e: w.ClipAction(e), 40),
    ('Pendulum-v1', [ours('rescale-observation', min=0, max=2)],
     lambda e: w.RescaleObservation(e, np.zeros(3, np.float32), np.full(3, 2, np.float32)), 40),
    ('Pendulum-v1', [ours('discretize-observation', bins=[5, 4, 3])],
     lambda e: w.DiscretizeObservation(e, (5, 4, 3)), 60),
    ('Pendulum-v1', [ours('discretize-observation', bins=6, multiDiscrete=True)],
     lambda e: w.DiscretizeObservation(e, 6, multidiscrete=True), 60),
    ('Pendulum-v1', [ours('normalize-reward')], lambda e: w.NormalizeReward(e), 220),
    ('Pendulum-v1', [ours('normalize-observation', epsilon=0.01)],
     lambda e: w.NormalizeObservation(e, epsilon=0.01), 60),
    ('Pendulum-v1', [ours('max-and-skip-observation')], lambda e: w.MaxAndSkipObservation(e), 55),
    ('Pendulum-v1', [ours('repeat-action', repeats=7)], lambda e: w.RepeatAction(e, 7), 40),
    ('Pendulum-v1', [ours('clip-reward', min=None, max=-0.5)], lambda e: w.ClipReward(e, None, -0.5), 40),
    ('Pendulum-v1', [ours('rescale-observation'), ours('time-aware-observation'),
                     ours('frame-stack-observation', frames=2), ours('delay-observation', delay=1)],
     lambda e: w.DelayObservation(w.FrameStackObservation(w.TimeAwareObservation(
         w.RescaleObservation(e, np.full(3, -1, np.float32), np.ones(3, np.float32))), 2), 1), 60),
    ('FrozenLake-v1', [ours('flatten-observation')], lambda e: w.FlattenObservation(e), 60),
    ('FrozenLake-v1', [ours('frame-stack-observation', frames=3)], lambda e: w.FrameStackObservation(e, 3), 60),
    ('FrozenLake-v1', [ours('delay-observation')], lambda e: w.DelayObservation(e, 1), 60),
    ('FrozenLake-v1', [ours('time-aware-observation')], lambda e: w.TimeAwareObservation(e), 30),
    ('FrozenLake-v1', [ours('time-aware-observation', flatten=False, normalizeTime=True)],
     lambda e: w.TimeAwareObservation(e, flatten=False, normalize_time=True), 30),
    ('FrozenLake-v1', [ours('sticky-action')], lambda e: w.StickyAction(e, 0.25), 100),
    ('FrozenLake-v1', [ours('dtype-observation', dtype='uint8')], lambda e: w.DtypeObservation(e, np.uint8), 30),
    ('FrozenLake-v1', [ours('normalize-reward', discount=0.5)], lambda e: w.NormalizeReward(e, gamma=0.5), 300),
]


def plain(observation):
    if isinstance(observation, dict):
        return [x for name in sorted(observation) for x in plain(observation[name])]
    return [float(f'{x:.8g}') for x in np.ravel(observation)]


def choose(space, choices):
    if isinstance(space, spaces.Box):
        low = np.maximum(space.low, -4)
        high = np.minimum(space.high, 4)
        return [round(choices.uniform(float(a), float(b)), 4) for a, b in zip(low, high)]
    if isinstance(space, spaces.MultiDiscrete):
        return [choices.randrange(int(n)) for n in space.nvec]
    return choices.randrange(int(space.n))


def run(id, named, wrap, steps, seed=42):
    env = wrap(gymnasium.make(id))
    choices = random.Random(seed)
    episodes = []
    observation, _ = env.reset(seed=seed)
    for _ in range(steps):
        if not episodes or episodes[-1]['end']:
            episodes.append({'start': plain(observation), 'actions': [], 'observations': [], 'rewards': [],
                             'end': None})
        episode = episodes[-1]
        action = choose(env.action_space, choices)
        given = np.array(action, env.action_space.dtype) if isinstance(action, list) else action
        observation, reward, terminated, truncated, _ = env.step(given)
        episode['actions'].append(action)
        episode['observations'].append(plain(observation))
        episode['rewards'].append(float(f'{float(reward):.8g}'))
        if terminated or truncated:
            episode['end'] = 'terminated' if terminated else 'truncated'
            observation, _ = env.reset()
    return {'id': id, 'wrappers': named, 'seed': seed, 'episodes': episodes}


def run_normalized_observations(copies, steps, seed=7):
    """Pendulums, none of which ends within these steps: the modes of beginning anew do not differ."""
    envs = wv.NormalizeObservation(SyncVectorEnv([lambda: gymnasium.make('Pendulum-v1')] * copies))
    choices = random.Random(seed)
    observations, _ = envs.reset(seed=seed)
    seen, taken = [plain(observations)], []
    for _ in range(steps):
        actions = [[round(choices.uniform(-2, 2), 4)] for _ in range(copies)]
        observations = envs.step(np.array(actions, np.float32))[0]
        taken.append([x for row in actions for x in row])
        seen.append(plain(observations))
    return {'copies': copies, 'seed': seed, 'actions': taken, 'observations': seen}


def run_rewards(copies, steps, seed=7):
    """Cart-poles with normalized rewards, and the return and length of each episode with its end."""
    envs = SyncVectorEnv([lambda: gymnasium.make('CartPole-v1')] * copies, autoreset_mode=AutoresetMode.SAME_STEP)
    envs = wv.NormalizeReward(wv.RecordEpisodeStatistics(envs), gamma=0.9)
    choices = random.Random(seed)
    envs.reset(seed=seed)
    rewards, taken, ended = [], [], []
    for step in range(steps):
        actions = [choices.randrange(2) for _ in range(copies)]
        _, reward, terminated, truncated, info = envs.step(np.array(actions))
        taken.append(actions)
        rewards.append(plain(reward))
        for i in np.flatnonzero(terminated | truncated):
            ended.append([step, int(i), float(info['episode']['r'][i]), int(info['episode']['l'][i])])
    return {'copies': copies, 'seed': seed, 'actions': taken, 'rewards': rewards, 'ended': ended}


golden = {
    '_doc': 'made by bench/peers/make_gymnasium_wrappers.py',
    'gymnasium': gymnasium.__version__,
    'numpy': np.__version__,
    'runs': [run(*case) for case in CASES],
    'normalizedObservations': run_normalized_observations(3, 60),
    'rewards': run_rewards(3, 80),
}
OUT.write_bytes(gzip.compress(json.dumps(golden, separators=(',', ':')).encode(), mtime=0))
