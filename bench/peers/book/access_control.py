"""The access-control queuing task of Sutton & Barto (2018), figure 10.5, in NumPy.

    python3 bench/peers/book/access_control.py 40 2000000

Needs: pip install numpy. The numbers are those of the runs, which go on at once, and of the steps of each.
Prints one JSON object: means, standard errors and the number of runs.

Differential semi-gradient Sarsa with a weight for each state and action.
"""

import json
import sys
from math import comb

import numpy as np

SERVERS, FREE = 10, 0.06
PAYS = np.array([1, 2, 4, 8])
STEP_SIZE = AVERAGE_STEP_SIZE = 0.01
EPSILON = 0.1


def learn(runs: int, steps: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values [runs, free servers, customers, actions], mean R-bar and mean reward of the second half."""
    rng = np.random.default_rng(105)
    lanes = np.arange(runs)
    values = np.zeros((runs, SERVERS + 1, 4, 2))
    average = np.zeros(runs)
    free = np.full(runs, SERVERS)
    customer = rng.integers(0, 4, runs)
    averages, rewards = np.zeros(runs), np.zeros(runs)

    def choose() -> np.ndarray:
        reject, accept = values[lanes, free, customer].T
        coin = rng.random(runs) < 0.5
        greedy = np.where(reject == accept, coin, accept > reject)
        return np.where(rng.random(runs) < EPSILON, rng.random(runs) < 0.5, greedy).astype(int)

    action = choose()
    for step in range(steps):
        served = (action == 1) & (free > 0)
        reward = np.where(served, PAYS[customer], 0)
        at = lanes, free, customer, action
        idle = free - served
        free = idle + rng.binomial(SERVERS - idle, FREE)
        customer = rng.integers(0, 4, runs)
        action = choose()
        error = reward - average + values[lanes, free, customer, action] - values[at]
        average += AVERAGE_STEP_SIZE * error
        values[at] += STEP_SIZE * error
        if 2 * step >= steps:
            averages += average
            rewards += reward
    return values, averages / (steps / 2), rewards / (steps / 2)


def chain(accepts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """P and r of a policy, the chance to accept [free servers, customers]."""
    size = (SERVERS + 1) * 4
    p, r = np.zeros((size, size)), np.zeros(size)
    for state in range(size):
        free, kind = divmod(state, 4)
        chance = accepts[free, kind] if free > 0 else 0.0
        r[state] = chance * PAYS[kind]
        for served, weight in ((1, chance), (0, 1 - chance)):
            busy = SERVERS - free + served
            for freed in range(busy + 1 if weight > 0 else 0):
                likely = comb(busy, freed) * FREE**freed * (1 - FREE) ** (busy - freed)
                first = (SERVERS - busy + freed) * 4
                p[state, first : first + 4] += weight * likely / 4
    return p, r


def average_reward(accepts: np.ndarray) -> float:
    """What a policy earns in a step in the long run, exactly."""
    p, r = chain(accepts)
    size = len(r)
    matrix = np.vstack([p.T - np.eye(size), np.ones(size)])
    stationary = np.linalg.lstsq(matrix, np.append(np.zeros(size), 1), rcond=None)[0]
    return float(stationary @ r)


def optimum() -> float:
    """By policy iteration for the average reward."""
    accepts = np.ones((SERVERS + 1, 4))
    while True:
        p, r = chain(accepts)
        gain = average_reward(accepts)
        size = len(r)
        h = np.linalg.lstsq(
            np.vstack([np.eye(size) - p, np.eye(size)[0]]), np.append(r - gain, 0), rcond=None
        )[0]
        q = []
        for choice in (0.0, 1.0):
            p, r = chain(np.full((SERVERS + 1, 4), choice))
            q.append(r + p @ h)
        better = (q[1] > q[0] + 1e-9).astype(float).reshape(SERVERS + 1, 4)
        better[0] = accepts[0]
        if (better == accepts).all():
            return gain
        accepts = better


def statistics(samples: np.ndarray) -> list:
    """Mean and standard error."""
    error = samples.std(ddof=1) / np.sqrt(len(samples))
    return [round(float(samples.mean()), 6), round(float(error), 6)]


def main() -> None:
    runs, steps = int(sys.argv[1]), int(sys.argv[2])
    values, averages, rewards = learn(runs, steps)
    greedy = (values[..., 1] > values[..., 0]).astype(float)
    soft = EPSILON / 2 + (1 - EPSILON) * greedy
    best = values.max(axis=3)
    result = {
        "runs": runs,
        "optimum": optimum(),
        "average": statistics(averages),
        "reward": statistics(rewards),
        "exact": statistics(np.array([average_reward(policy) for policy in soft])),
    }
    for free in (1, 4, 9):
        rise = best[:, free, 3] - best[:, free, 0]
        result[f"value of 8 less that of 1, {free} free"] = statistics(rise)
    result["value of 8, 9 free less 1 free"] = statistics(best[:, 9, 3] - best[:, 1, 3])
    print(json.dumps(result))


if __name__ == "__main__":
    main()
