"""Records runs of Gymnasium's SyncVectorEnv in test/golden/vector-runs.json.

Run from the repository's root, with Gymnasium 1.4 installed (pip install gymnasium):

    python bench/peers/make_vector_golden.py

A run is a list of calls with what each gave: resets (of all copies, or of those in a mask) and
steps, in each of the three autoreset modes. Numbers have eight digits. With autoreset disabled the
copies that have ended are reset by mask; every other time with seeds of their own.
`infos` holds the infos of single copies with what Gymnasium merges them to; lists are float64 arrays.
"""

import json
import pathlib
import random

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode, SyncVectorEnv

OUT = pathlib.Path(__file__).resolve().parents[2] / 'test' / 'golden' / 'vector-runs.json'

# Id, steps of the time limit (None for the world's own), copies, seed, calls of step.
WORLDS = [
    ('CartPole-v1', 20, 3, 42, 60),
    ('FrozenLake-v1', None, 4, [5, 0, 77, 2**32 + 1], 40),
    ('Pendulum-v1', 6, 2, 3, 16),
]

# One row for each case: the infos of three copies.
INFOS = [
    [{}, {}, {}],
    [{'lives': 3}, {}, {'lives': 2}],
    [{'share': 0.5}, {'share': 0.25, 'won': True}, {'won': False}],
    [{}, {'place': [1.0, 2.0]}, {'place': [3.0, 4.0]}],
    [{'name': 'a'}, {}, {'name': 'c'}],
    [{'inner': {'a': 1.5}}, {}, {'inner': {'a': 2.5, 'deep': {'b': 7}}}],
    [{'inner': {}}, {}, {}],
    [{}, {'final_obs': [9.0], 'final_info': {'time': 0.5}, 'time': 0.125}, {'time': 0.25}],
]


def plain(value):
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, np.ndarray):
        return [plain(part) for part in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(f'{value:.8g}')
    return value


def result(names, values):
    return {name: plain(value) for name, value in zip(names, values, strict=True)}


def reset(envs, copies, seed, mask=None):
    options = None if mask is None else {'reset_mask': np.array(mask)}
    gave = envs.reset(seed=seed, options=options)
    return {'reset': {'seed': seed, 'mask': mask}, **result(['observations', 'infos'], gave)}


def run(id, limit, copies, seed, steps, mode):
    maker = lambda: gymnasium.make(id, max_episode_steps=limit)
    envs = SyncVectorEnv([maker] * copies, autoreset_mode=mode)
    choices = random.Random(f'{id} {mode}')
    calls = [reset(envs, copies, seed)]
    ended = [False] * copies
    for t in range(steps):
        if mode == AutoresetMode.DISABLED and any(ended):
            own = [choices.randrange(1000) if i % 2 == 0 else None for i in range(copies)]
            calls.append(reset(envs, copies, own if t % 2 == 0 else None, ended))
        if id == 'Pendulum-v1':
            actions = [[round(choices.uniform(-2, 2), 4)] for _ in range(copies)]
        else:
            actions = [choices.randrange(int(envs.single_action_space.n)) for _ in range(copies)]
        gave = envs.step(np.array(actions, np.float32 if id == 'Pendulum-v1' else np.int64))
        names = ['observations', 'rewards', 'terminations', 'truncations', 'infos']
        calls.append({'actions': actions, **result(names, gave)})
        ended = [bool(end) for end in gave[2] | gave[3]]
    calls.append(reset(envs, copies, None))
    limits = {} if limit is None else {'limit': limit}
    return {'id': id, **limits, 'copies': copies, 'mode': mode.value, 'calls': calls}


def merge(infos):
    envs = SyncVectorEnv([lambda: gymnasium.make('CartPole-v1')] * len(infos))
    arrays = lambda value: (
        {key: arrays(part) for key, part in value.items()}
        if isinstance(value, dict)
        else np.array(value) if isinstance(value, list) else value
    )
    merged = {}
    for i, info in enumerate(infos):
        merged = envs._add_info(merged, arrays(info), i)
    return {'copies': infos, 'merged': plain(merged)}


golden = {
    '_doc': 'made by bench/peers/make_vector_golden.py',
    'gymnasium': gymnasium.__version__,
    'numpy': np.__version__,
    'runs': [run(*world, mode) for world in WORLDS for mode in AutoresetMode],
    'infos': [merge(infos) for infos in INFOS],
}
OUT.write_text(json.dumps(golden, separators=(',', ':')) + '\n')
