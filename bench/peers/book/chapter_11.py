"""Baird's counterexample, figures 11.2 and 11.5 of Sutton & Barto (2018), in NumPy.

    python3 bench/peers/book/chapter_11.py 20000

Needs: pip install numpy. The number is that of the runs that what cannot be solved is averaged over.
Prints one JSON object.

Rewards are 0 and updates linear in the weights, so the expected weights of the sampled updates follow
from a linear recursion over the pairs of a state and the weights in it: M_t[s] = E[w_t; S_t = s]. It is
exact, and so are the updates over all states at once.
"""

import json
import math
import sys

import numpy as np

STEPS = 1000
DISCOUNT = 0.99
FEATURES = np.hstack([2.0 * np.eye(7), np.ones((7, 1))])
FEATURES[6, 6], FEATURES[6, 7] = 1, 2
START = np.array([1.0, 1, 1, 1, 1, 1, 10, 1])
LOWER = 6


def transitions():
    """(probability, ratio, s, s') of every step that the behavior can take."""
    for state in range(7):
        for upper in range(6):
            yield 6 / 7 * 1 / 6, 0.0, state, upper
        yield 1 / 7, 7.0, state, LOWER


def td_change(ratio, x, after, step_size):
    return step_size * ratio * np.outer(x, DISCOUNT * after - x)


def tdc_change(ratio, x, after, step_size, second_step_size):
    change = np.zeros((16, 16))
    change[:8, :8] = step_size * ratio * np.outer(x, DISCOUNT * after - x)
    change[:8, 8:] = -step_size * ratio * DISCOUNT * np.outer(after, x)
    change[8:, :8] = second_step_size * ratio * np.outer(x, DISCOUNT * after - x)
    change[8:, 8:] = -second_step_size * ratio * np.outer(x, x)
    return change


def expected_weights(change, start):
    """E[w] after STEPS sampled updates."""
    size = len(start)
    recursion = np.zeros((7 * size, 7 * size))
    for probability, ratio, state, after in transitions():
        update = np.eye(size) + change(ratio, FEATURES[state], FEATURES[after])
        rows, columns = slice(after * size, after * size + size), slice(state * size, state * size + size)
        recursion[rows, columns] += probability * update
    moments = np.tile(start / 7, 7)
    for _ in range(STEPS):
        moments = recursion @ moments
    return moments.reshape(7, size).sum(axis=0)


def swept_weights(change, start):
    """w after STEPS updates of all states at once, each with 1/7 of what the target policy expects."""
    update = np.eye(len(start)) + sum(
        change(1.0, FEATURES[state], FEATURES[LOWER]) / 7 for state in range(7)
    )
    return np.linalg.matrix_power(update, STEPS) @ start


def value_error(weights):
    return math.sqrt(np.mean((FEATURES @ weights) ** 2))


def bellman_error(weights):
    """Root of the projected Bellman error, states weighted evenly."""
    values = FEATURES @ weights
    projection = FEATURES @ np.linalg.pinv(FEATURES)
    return math.sqrt(np.mean((projection @ (DISCOUNT * values[LOWER] - values)) ** 2))


def sampled_value_errors(change_rows, size, runs, rng):
    """Root of the value error after STEPS sampled updates, `[runs]`."""
    weights = np.zeros((runs, size))
    weights[:, :8] = START
    state = rng.integers(7, size=runs)
    for _ in range(STEPS):
        solid = rng.random(runs) < 1 / 7
        after = np.where(solid, LOWER, rng.integers(6, size=runs))
        change_rows(weights, np.where(solid, 7.0, 0.0), FEATURES[state], FEATURES[after])
        state = after
    return np.sqrt(np.mean((weights[:, :8] @ FEATURES.T) ** 2, axis=1))


def tdc_rows(weights, ratio, x, after):
    w, v = weights[:, :8], weights[:, 8:]
    error = ratio * np.sum((DISCOUNT * after - x) * w, axis=1)
    guess = ratio * np.sum(x * v, axis=1)
    w_change = 0.005 * (error[:, None] * x - DISCOUNT * guess[:, None] * after)
    v += 0.05 * (error - guess)[:, None] * x
    w += w_change


def parts(weights):
    return {"w1 to w6": float(weights[:6].mean()), "w7": float(weights[6]), "w8": float(weights[7])}


def summary(samples):
    error = samples.std(ddof=1) / math.sqrt(len(samples))
    return {"mean": float(samples.mean()), "standardError": float(error)}


if __name__ == "__main__":
    runs = int(sys.argv[1])
    td = lambda *step: td_change(*step, 0.01)
    tdc = lambda *step: tdc_change(*step, 0.005, 0.05)
    both = np.concatenate([START, np.zeros(8)])
    swept = swept_weights(tdc, both)[:8]
    result = {
        "figure 11.2": {
            "TD, expected": parts(expected_weights(td, START)),
            "DP": parts(swept_weights(td, START)),
        },
        "figure 11.5": {
            "TDC, expected": parts(expected_weights(tdc, both)),
            "TDC, root of VE": summary(
                sampled_value_errors(tdc_rows, 16, runs, np.random.default_rng(115))
            ),
            "expected TDC": {
                **parts(swept),
                "root of VE": value_error(swept),
                "root of PBE": bellman_error(swept),
            },
        },
    }
    print(json.dumps(result, indent=1))
