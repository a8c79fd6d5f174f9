"""How fast Gymnasium's worlds run: the peer of bench/envs.ts.

    python3 bench/peers/envs.py CartPole-v1 0.3
    python3 bench/peers/envs.py RandomWalk-v0 0.3 table.json

The arguments: a world's id, seconds for each figure, and for a world that Gymnasium lacks its
explicit model, which is then played as Gymnasium's toy-text worlds play theirs. Needs: pip install
gymnasium numpy. Prints one JSON object: environment steps per second of processor time.
"""

import json
import logging
import sys
import time
import warnings

import gymnasium
import numpy
from gymnasium.envs.toy_text.utils import categorical_sample

SIZES = (1, 16, 1024)


class TableEnv(gymnasium.Env):
    """A finite world, drawn from its table of outcomes."""

    def __init__(self, table):
        self.start = numpy.array(table["start"])
        self.outcomes = [
            [[tuple(outcome) for outcome in row] for row in rows] for rows in table["outcomes"]
        ]
        self.observation_space = gymnasium.spaces.Discrete(len(self.outcomes))
        self.action_space = gymnasium.spaces.Discrete(len(self.outcomes[0]))
        self.state = 0

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.state = int(categorical_sample(self.start, self.np_random))
        return self.state, {}

    def step(self, action):
        outcomes = self.outcomes[self.state][action]
        chosen = categorical_sample([chance for chance, *_ in outcomes], self.np_random)
        _, self.state, reward, terminated = outcomes[chosen]
        return self.state, reward, terminated, False, {}


def single(id, seconds):
    env = gymnasium.make(id)
    env.action_space.seed(0)
    actions = [env.action_space.sample() for _ in range(1024)]
    env.reset(seed=0)
    steps = 0
    began = time.process_time()
    while time.process_time() - began < seconds:
        for action in actions:
            _, _, terminated, truncated, _ = env.step(action)
            if terminated or truncated:
                env.reset()
        steps += len(actions)
    return steps / (time.process_time() - began)


def vector(id, num_envs, mode, seconds):
    envs = gymnasium.make_vec(id, num_envs=num_envs, vectorization_mode=mode)
    envs.action_space.seed(0)
    actions = [envs.action_space.sample() for _ in range(16)]
    envs.reset(seed=0)
    steps = 0
    began = time.process_time()
    while time.process_time() - began < seconds:
        for action in actions:
            envs.step(action)
        steps += len(actions)
    return num_envs * steps / (time.process_time() - began)


def main(id, seconds, table):
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    gymnasium.logger.min_level = gymnasium.logger.ERROR
    if table is not None:
        world = json.load(open(table, encoding="utf-8"))
        gymnasium.register(
            id, lambda: TableEnv(world), max_episode_steps=world["timeLimit"]
        )
    rates = {"single": single(id, seconds)}
    for n in SIZES:
        rates[f"sync {n}"] = vector(id, n, "sync", seconds)
    if gymnasium.spec(id).vector_entry_point is not None:
        for n in SIZES:
            rates[f"native {n}"] = vector(id, n, "vector_entry_point", seconds)
    versions = {
        "python": sys.version.split()[0],
        "gymnasium": gymnasium.__version__,
        "numpy": numpy.__version__,
    }
    print(json.dumps({"rates": rates, "versions": versions}))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
