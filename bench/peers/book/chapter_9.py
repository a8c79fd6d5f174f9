"""The 1000-state random walk of Sutton & Barto (2018), chapter 9, in NumPy.

    python3 bench/peers/book/chapter_9.py figure-9.1
    python3 bench/peers/book/chapter_9.py figure-9.2 1000
    python3 bench/peers/book/chapter_9.py figure-9.5 120
    python3 bench/peers/book/chapter_9.py figure-9.10 120

Needs: pip install numpy. The number is that of the runs; the first one solves linear equations and has
none. Prints one JSON object: means, standard errors and the number of runs.
"""

import json
import sys

import numpy as np

STATES = 1000  # numbered from 0 here
REACH = 100
START = 499


def transitions() -> np.ndarray:
    """P between the states; what is missing in a row ends the walk."""
    distance = np.abs(np.subtract.outer(np.arange(STATES), np.arange(STATES)))
    return np.where((distance > 0) & (distance <= REACH), 0.5 / REACH, 0.0)


def end_chances() -> tuple[np.ndarray, np.ndarray]:
    """Chances to end on the left and on the right with the next step."""
    left = np.maximum(0, REACH - np.arange(STATES)) * 0.5 / REACH
    return left, left[::-1]


def solution() -> tuple[np.ndarray, np.ndarray, float]:
    """True values, distribution of states, and mean length of a walk."""
    chances = transitions()
    left, right = end_chances()
    values = np.linalg.solve(np.eye(STATES) - chances, right - left)
    start = np.zeros(STATES)
    start[START] = 1
    visits = np.linalg.solve(np.eye(STATES) - chances.T, start)
    return values, visits / visits.sum(), visits.sum()


def walks(rng: np.random.Generator, runs: int, episodes: int) -> tuple[np.ndarray, np.ndarray]:
    """States and returns of the walks of each run, one after the other: [time, runs].

    A return of 0 marks the time after the last walk of a run.
    """
    states, ends = [], []
    state = np.full(runs, START)
    finished = np.zeros(runs, dtype=int)
    while (finished < episodes).any():
        states.append(state.astype(np.int16))
        step = rng.integers(1, REACH + 1, runs) * rng.choice((-1, 1), runs)
        state = state + step
        end = np.where(state < 0, -1, np.where(state >= STATES, 1, 0))
        ends.append(np.where(finished < episodes, end, 2).astype(np.int8))
        finished += end != 0
        state = np.where(end == 0, state, START)
    states, returns = np.array(states), np.array(ends)
    following = np.zeros(runs, dtype=np.int8)
    for time in reversed(range(len(returns))):
        following = np.where(returns[time] == 0, following, returns[time])
        returns[time] = following
    returns[returns == 2] = 0
    return states, returns


def last_steps(states: np.ndarray, returns: np.ndarray) -> np.ndarray:
    """Whether a step is the last one of its walk: the next one starts, or there is none."""
    ends = np.zeros(states.shape, dtype=bool)
    ends[:-1] = (states[1:] == START) & (np.abs(states[:-1].astype(int) - START) > REACH)
    ends[-1] = True
    # A walk never steps from beyond its reach to the start, so that this is a new walk.
    return ends & (returns != 0)


def statistics(samples: np.ndarray) -> dict:
    """Mean and standard error over the first axis."""
    error = samples.std(axis=0, ddof=1) / np.sqrt(len(samples))
    return {"mean": np.round(samples.mean(axis=0), 6).tolist(), "error": np.round(error, 7).tolist()}


def figure_9_1() -> dict:
    """What gradient Monte Carlo with groups of 100 comes to, in expectation, exactly.

    The visits N to a group in a walk with return G take its weight w to G + (1 - alpha)^N (w - G).
    Walks are independent, so the first two moments of w follow from those of (1 - alpha)^N and G.
    """
    step_size, episodes, groups = 2e-5, 100_000, 10
    values, distribution, length = solution()
    chances = transitions()
    left, right = end_chances()
    members = np.arange(STATES) * groups // STATES
    first, second = np.zeros(groups), np.zeros(groups)
    for group in range(groups):
        moments = {}
        for power in (1, 2):
            keep = np.where(members == group, (1 - step_size) ** power, 1.0)
            matrix = np.eye(STATES) - keep[:, None] * chances
            moments[power] = np.linalg.solve(
                matrix, np.stack([keep * (left + right), keep * (right - left)], axis=1)
            )[START]
        (a, a_g), (a2, a2_g) = moments[1], moments[2]
        g = values[START]
        for _ in range(episodes):
            second[group] = a2 * second[group] + 2 * (a_g - a2_g) * first[group] + 1 - 2 * a + a2
            first[group] = a * first[group] + g - a_g
    value_error = sum(
        distribution[members == group]
        @ (values[members == group] ** 2 - 2 * values[members == group] * first[group] + second[group])
        for group in range(groups)
    )
    return {"length": length, "weights": first.tolist(), "value_error": value_error}


def figure_9_2(runs: int) -> dict:
    """n-step TD with groups of 50: RMS error over the states and the first ten episodes."""
    groups, episodes = 20, 10
    values = solution()[0]
    step_sizes = np.array([0.02, 0.04, 0.06, 0.08, 0.1, 0.15, *np.arange(2, 11) / 10])
    rng = np.random.default_rng(92)
    walked = [one_walk_each(rng, runs) for _ in range(episodes)]
    result = {"runs": runs, "step_sizes": step_sizes.tolist()}
    for n in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512):
        errors = np.zeros((runs, len(step_sizes)))
        weights = np.zeros((runs, len(step_sizes), groups))
        for states, lengths, outcome in walked:
            for tau in range(states.shape[1]):
                lanes = np.flatnonzero(tau < lengths)
                group = states[lanes, tau] // (STATES // groups)
                bootstraps = tau + n < lengths[lanes]
                later = states[lanes, np.minimum(tau + n, states.shape[1] - 1)] // (STATES // groups)
                target = np.where(
                    bootstraps[:, None], weights[lanes, :, later], outcome[lanes, None]
                )
                weights[lanes, :, group] += step_sizes * (target - weights[lanes, :, group])
            estimates = np.repeat(weights, STATES // groups, axis=2)
            errors += np.sqrt(((estimates - values) ** 2).mean(axis=2)) / episodes
        result[f"n = {n}"] = statistics(errors)
    return result


def one_walk_each(
    rng: np.random.Generator, runs: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """States [runs, longest], lengths and outcomes of one walk in each run."""
    state = np.full(runs, START)
    outcome = np.zeros(runs)
    lengths = np.zeros(runs, dtype=int)
    columns = []
    while (outcome == 0).any():
        columns.append(np.clip(state, 0, STATES - 1))
        goes_on = outcome == 0
        lengths += goes_on
        step = rng.integers(1, REACH + 1, runs) * rng.choice((-1, 1), runs)
        state = np.where(goes_on, state + step, state)
        outcome = np.where(state < 0, -1.0, np.where(state >= STATES, 1.0, 0.0))
    return np.array(columns).T, lengths, outcome


def monte_carlo(
    states: np.ndarray,
    returns: np.ndarray,
    active: np.ndarray,
    amounts: np.ndarray,
    num_weights: int,
    step_size: float,
    episodes: int,
) -> np.ndarray:
    """Gradient Monte Carlo: root of the value error after each episode, [runs, episodes].

    `active` and `amounts` hold the features that are not 0 of each state, [STATES, k].
    """
    values, distribution, _ = solution()
    features = np.zeros((STATES, num_weights))
    np.put_along_axis(features, active, amounts, axis=1)
    square = features.T @ (distribution[:, None] * features)
    linear = features.T @ (distribution * values)
    constant = distribution @ values**2
    ends = last_steps(states, returns)
    runs = states.shape[1]
    lanes = np.arange(runs)[:, None]
    weights = np.zeros((runs, num_weights))
    errors = np.zeros((runs, episodes))
    episode = np.zeros(runs, dtype=int)
    dense = active.shape[1] == num_weights
    for time in range(len(states)):
        state = states[time]
        x = amounts[state]
        going = returns[time] != 0
        if dense:
            error = returns[time] - np.einsum("ij,ij->i", weights, x)
            weights += (step_size * error * going)[:, None] * x
        else:
            where = active[state]
            hit = weights[lanes, where]
            error = returns[time] - (hit * x).sum(axis=1)
            weights[lanes, where] = hit + (step_size * error * going)[:, None] * x
        ended = np.flatnonzero(ends[time])
        if len(ended):
            w = weights[ended]
            squares = np.einsum("ij,ij->i", w @ square, w) - 2 * w @ linear + constant
            errors[ended, episode[ended]] = np.sqrt(squares)
            episode[ended] += 1
    assert (episode == episodes).all()
    return errors


def curves(runs: int, methods: dict, episodes: int = 5000) -> dict:
    states, returns = walks(np.random.default_rng(95), runs, episodes)
    result = {"runs": runs}
    at = [0, 99, 499, 999, episodes - 1]
    result["episodes"] = [episode + 1 for episode in at]
    for name, (active, amounts, num_weights, step_size) in methods.items():
        errors = monte_carlo(states, returns, active, amounts, num_weights, step_size, episodes)
        result[name] = statistics(errors[:, at])
    return result


def figure_9_5(runs: int) -> dict:
    scaled = np.arange(1, STATES + 1) / STATES
    methods = {}
    for order in (5, 10, 20):
        numbers = np.arange(order + 1)
        everything = np.tile(numbers, (STATES, 1))
        powers = scaled[:, None] ** numbers
        cosines = np.cos(np.pi * scaled[:, None] * numbers)
        methods[f"polynomial {order}"] = (everything, powers, order + 1, 1e-4)
        methods[f"fourier {order}"] = (everything, cosines, order + 1, 5e-5)
    return curves(runs, methods)


def figure_9_10(runs: int) -> dict:
    """Tiles of 200 states; each tiling begins 4 states further than the one before it."""
    methods = {}
    for tilings in (1, 50):
        offsets = 4 * np.arange(tilings)
        tiles = (np.arange(STATES)[:, None] + offsets) // 200 + 6 * np.arange(tilings)
        ones = np.ones(tiles.shape)
        methods[f"{tilings} tilings"] = (tiles, ones, 6 * tilings, 1e-4 / tilings)
    return curves(runs, methods)


def main() -> None:
    name, *counts = sys.argv[1:]
    figures = {"figure-9.2": figure_9_2, "figure-9.5": figure_9_5, "figure-9.10": figure_9_10}
    print(json.dumps(figure_9_1() if name == "figure-9.1" else figures[name](int(counts[0]))))


if __name__ == "__main__":
    main()
