"""Experiments of Sutton & Barto (2018), chapter 6, in NumPy, many runs at once.

    python3 bench/peers/book/chapter_6.py random-walk 20000
    python3 bench/peers/book/chapter_6.py batch 20000
    python3 bench/peers/book/chapter_6.py cliff 2000
    python3 bench/peers/book/chapter_6.py interim 1000
    python3 bench/peers/book/chapter_6.py asymptotic 40
    python3 bench/peers/book/chapter_6.py windy 5000
    python3 bench/peers/book/chapter_6.py bias 100000

Needs: pip install numpy. The number is that of the runs. Prints one JSON object; each number is
[mean over runs, standard error].
"""

import json
import sys

import numpy as np


def estimate(samples):
    """Mean over runs, which are the last axis, and its standard error."""
    samples = np.asarray(samples, dtype=float)
    mean = samples.mean(axis=-1)
    error = samples.std(axis=-1, ddof=1) / np.sqrt(samples.shape[-1])
    return np.stack([mean, error], axis=-1).round(6).tolist()


# The random walk of five states: 0 and 6 are the ends.

TRUE_VALUES = np.arange(1, 6) / 6


def walks(rng, runs):
    """One episode of each run, as (rows that still walk, S, S') at each time step."""
    state = np.full(runs, 3)
    rows = np.arange(runs)
    while rows.size > 0:
        here = state[rows]
        there = here + rng.choice((-1, 1), size=rows.size)
        yield rows, here, there
        state[rows] = there
        rows = rows[(there > 0) & (there < 6)]


def rms_error(values):
    return np.sqrt(((values[:, 1:6] - TRUE_VALUES) ** 2).mean(axis=1))


def initial_values(runs):
    values = np.full((runs, 7), 0.5)
    values[:, [0, 6]] = 0
    return values


def td_episode(rng, values, step_size):
    for rows, here, there in walks(rng, len(values)):
        error = (there == 6) + values[rows, there] - values[rows, here]
        values[rows, here] += step_size * error


def mc_episode(rng, values, step_size):
    visits = np.zeros_like(values)
    returns = np.zeros(len(values))
    for rows, here, there in walks(rng, len(values)):
        visits[rows, here] += 1
        returns[rows] = there == 6
    # Every visit to a state moves it by the same part of the way to the same return.
    values[:] = returns[:, None] + (1 - step_size) ** visits * (values - returns[:, None])


def random_walk(runs):
    result = {}
    settings = [("td", a, td_episode) for a in (0.05, 0.1, 0.15)]
    settings += [("mc", a, mc_episode) for a in (0.01, 0.02, 0.03, 0.04)]
    for name, step_size, episode in settings:
        rng = np.random.default_rng(62)
        values = initial_values(runs)
        for k in range(1, 101):
            episode(rng, values, step_size)
            if k in (1, 10, 50, 100):
                found = {"rms": estimate(rms_error(values))}
                if (name, step_size) == ("td", 0.1):
                    found["values"] = estimate(values[:, 1:6].T)
                result[f"{name} {step_size} after {k}"] = found
    return result


def batch(runs):
    rng = np.random.default_rng(620)
    transitions = np.zeros((runs, 7, 7))
    return_sums = np.zeros((runs, 7))
    result = {}
    for k in range(1, 101):
        visits = np.zeros((runs, 7))
        returns = np.zeros(runs)
        for rows, here, there in walks(rng, runs):
            transitions[rows, here, there] += 1
            visits[rows, here] += 1
            returns[rows] = there == 6
        return_sums += visits * returns[:, None]
        if k not in (1, 5, 10, 25, 50, 100):
            continue
        counts = transitions.sum(axis=2)
        seen = counts > 0
        mc = np.where(seen, return_sums / np.maximum(counts, 1), 0.5)
        # The most likely model of the transitions, and the values that are exactly right for it.
        share = transitions / np.maximum(counts, 1)[:, :, None]
        matrix = np.eye(5) - share[:, 1:6, 1:6]
        rewards = np.where(seen, share[:, :, 6], 0.5)[:, 1:6]
        td = mc.copy()
        td[:, 1:6] = np.linalg.solve(matrix, rewards[:, :, None])[:, :, 0]
        result[f"after {k}"] = {
            "td": estimate(rms_error(td)),
            "mc": estimate(rms_error(mc)),
            "mc minus td": estimate(rms_error(mc) - rms_error(td)),
        }
    return result


# Gridworlds: tables of the next state, the reward and whether the episode ends, [states, actions].


def cliff_tables():
    rows, columns = 4, 12
    moves = [(-1, 0), (0, 1), (1, 0), (0, -1)]
    next_state = np.zeros((48, 4), dtype=int)
    reward = np.full((48, 4), -1.0)
    for state in range(48):
        for action, (down, right) in enumerate(moves):
            row = min(max(state // columns + down, 0), rows - 1)
            column = min(max(state % columns + right, 0), columns - 1)
            if row == 3 and 0 < column < 11:
                row, column = 3, 0
                reward[state, action] = -100
            next_state[state, action] = row * columns + column
    return next_state, reward, 36, 47


def windy_tables(moves):
    wind = [0, 0, 0, 1, 1, 1, 2, 2, 1, 0]
    next_state = np.zeros((70, len(moves)), dtype=int)
    for state in range(70):
        for action, (down, right) in enumerate(moves):
            row = min(max(state // 10 + down - wind[state % 10], 0), 6)
            column = min(max(state % 10 + right, 0), 9)
            next_state[state, action] = row * 10 + column
    return next_state, np.full(next_state.shape, -1.0), 30, 37


def epsilon_greedy(rng, q, epsilon):
    """An action from each row of `q`; those that tie for the best have the same chance."""
    size, num_actions = q.shape
    ties = q == q.max(axis=1, keepdims=True)
    actions = (ties * (1 + rng.random(q.shape))).argmax(axis=1)
    explore = np.flatnonzero(rng.random(size) < epsilon)
    actions[explore] = rng.integers(num_actions, size=explore.size)
    return actions


class Learners:
    """Many learners in one world, each with its own method, step size and table; γ = 1."""

    def __init__(self, rng, tables, methods, step_sizes, epsilon=0.1):
        self.rng = rng
        self.next_state, self.reward, self.start, self.goal = tables
        self.methods = np.asarray(methods)
        self.step_sizes = np.asarray(step_sizes)
        self.epsilon = epsilon
        size = len(self.methods)
        self.q = np.zeros((size, *self.next_state.shape))
        self.state = np.full(size, self.start)
        self.action = epsilon_greedy(rng, self.q[:, self.start], epsilon)

    def step(self, rows):
        """Moves the learners `rows`; gives their rewards, and whether each has reached the goal."""
        state, action = self.state[rows], self.action[rows]
        next_state, reward = self.next_state[state, action], self.reward[state, action]
        ended = next_state == self.goal
        q = self.q[rows, next_state]
        next_action = epsilon_greedy(self.rng, q, self.epsilon)
        best = q.max(axis=1)
        method = self.methods[rows]
        expected = (1 - self.epsilon) * best + self.epsilon * q.mean(axis=1)
        target = np.where(method == "q-learning", best, expected)
        target = np.where(method == "sarsa", q[np.arange(len(rows)), next_action], target)
        error = reward + np.where(ended, 0, target) - self.q[rows, state, action]
        self.q[rows, state, action] += self.step_sizes[rows] * error
        # The others than Sarsa choose after they have learned.
        after = self.q[rows, next_state]
        late = epsilon_greedy(self.rng, after, self.epsilon)
        next_action = np.where(method == "sarsa", next_action, late)
        if ended.any():
            first = epsilon_greedy(self.rng, self.q[rows, self.start], self.epsilon)
            next_action = np.where(ended, first, next_action)
        self.state[rows] = np.where(ended, self.start, next_state)
        self.action[rows] = next_action
        return reward, ended


def greedy_lengths(learners, most=200):
    """Steps to the goal of what each learner thinks best; `most` where that does not get there."""
    size = len(learners.q)
    state = np.full(size, learners.start)
    lengths = np.zeros(size, dtype=int)
    for _ in range(most):
        walking = state != learners.goal
        lengths += walking
        actions = learners.q[np.arange(size), state].argmax(axis=1)
        state = np.where(walking, learners.next_state[state, actions], state)
    return lengths


METHODS = ("sarsa", "expected-sarsa", "q-learning")


def cliff_returns(seed, step_sizes, runs, edges, methods=METHODS, without=()):
    """Mean return of an episode from each edge to the next, of every method and step size."""
    names = [(m, a) for m in methods for a in step_sizes if (m, a) not in without]
    learners = Learners(
        np.random.default_rng(seed),
        cliff_tables(),
        np.repeat([m for m, _ in names], runs),
        np.repeat([a for _, a in names], runs),
    )
    size = len(names) * runs
    edges = np.asarray(edges)
    sums = np.zeros((len(edges) - 1, size))
    episode = np.zeros(size, dtype=int)
    rows = np.arange(size)
    while rows.size > 0:
        reward, ended = learners.step(rows)
        window = np.searchsorted(edges, episode[rows], side="right") - 1
        sums[window, rows] += reward
        episode[rows] += ended
        if ended.any():
            rows = rows[episode[rows] < edges[-1]]
    means = sums / np.diff(edges)[:, None]
    lengths = greedy_lengths(learners)
    result = {}
    for i, (method, step_size) in enumerate(names):
        windows = means[:, i * runs : (i + 1) * runs]
        result[f"{method} {step_size}"] = {
            f"{first}-{last}": found
            for first, last, found in zip(edges, edges[1:], estimate(windows))
        }
        ways = lengths[i * runs : (i + 1) * runs]
        result[f"{method} {step_size}"]["greedy way"] = {
            str(steps): estimate(ways == steps) for steps in (13, 15, 17)
        }
    return result


STEP_SIZES = [k / 10 for k in range(1, 11)]


def cliff(runs):
    return cliff_returns(66, [0.5], runs, (0, 10, 50, 100, 400, 500), ("sarsa", "q-learning"))


def interim(runs):
    return cliff_returns(63, STEP_SIZES, runs, (0, 100))


def asymptotic(runs):
    # With a step size of 1 an episode of Sarsa takes some five hundred steps.
    edges = (0, 500, 1000, 2000, 3000)
    return cliff_returns(630, STEP_SIZES, runs, edges, without=[("sarsa", 1.0)])


FOUR = [(-1, 0), (0, 1), (1, 0), (0, -1)]
KING = FOUR + [(-1, 1), (1, 1), (1, -1), (-1, -1)]


def windy(runs):
    result = {}
    for name, moves in (("four", FOUR), ("king", KING), ("king-or-stay", KING + [(0, 0)])):
        rng = np.random.default_rng(65)
        tables = windy_tables(moves)
        learners = Learners(rng, tables, ["sarsa"] * runs, [0.5] * runs)
        rows = np.arange(runs)
        episodes = np.zeros(runs)
        found = {}
        for t in range(1, 8001):
            _, ended = learners.step(rows)
            episodes += ended
            if t == 6000:
                before = episodes.copy()
            if t in (1000, 2000, 4000, 8000):
                found[f"episodes after {t}"] = estimate(episodes)
        found["episodes from 6001 to 8000"] = estimate(episodes - before)
        length = greedy_lengths(learners)
        shortest = {"four": 15, "king": 7, "king-or-stay": 7}[name]
        found["greedy is shortest"] = estimate(length == shortest)
        found["greedy below shortest"] = int((length < shortest).sum())
        result[name] = found
    return result


# Maximization bias: in A, 0 goes left to B and 1 to the end; in B each of ten actions ends.


def bias(runs, step_size=0.1, epsilon=0.1):
    result = {}
    rows = np.arange(runs)
    for name, tables in (("q-learning", 1), ("double-q-learning", 2)):
        rng = np.random.default_rng(67)
        qa = np.zeros((tables, runs, 2))
        qb = np.zeros((tables, runs, 10))
        lefts = np.zeros((300, runs), dtype=np.float32)
        for episode in range(300):
            action = epsilon_greedy(rng, qa.sum(axis=0), epsilon)
            left = action == 0
            lefts[episode] = left
            # From A: to B, or to the end; neither earns anything.
            own = rng.integers(tables, size=runs)
            other = tables - 1 - own
            q = qb[own, rows]
            ties = q == q.max(axis=1, keepdims=True)
            best = (ties * (1 + rng.random(q.shape))).argmax(axis=1)
            target = np.where(left, qb[other, rows, best], 0)
            qa[own, rows, action] += step_size * (target - qa[own, rows, action])
            # From B to the end.
            at = np.flatnonzero(left)
            action = epsilon_greedy(rng, qb[:, at].sum(axis=0), epsilon)
            reward = rng.normal(-0.1, 1, at.size)
            own = rng.integers(tables, size=at.size)
            qb[own, at, action] += step_size * (reward - qb[own, at, action])
        peak = int(lefts.mean(axis=1).argmax())
        result[name] = {
            "peak": [peak + 1, float(lefts[peak].mean())],
            **{f"episode {k}": estimate(lefts[k - 1]) for k in (1, 2, 5, 10, 15, 20, 30, 50, 100)},
            **{
                f"episodes {first + 1}-{last}": estimate(lefts[first:last].mean(axis=0))
                for first, last in ((0, 100), (100, 200), (290, 300))
            },
        }
    return result


EXPERIMENTS = {
    "random-walk": random_walk,
    "batch": batch,
    "cliff": cliff,
    "interim": interim,
    "asymptotic": asymptotic,
    "windy": windy,
    "bias": bias,
}

if __name__ == "__main__":
    name, count = sys.argv[1], int(sys.argv[2])
    found = EXPERIMENTS[name](count)
    print(json.dumps({"numpy": np.__version__, "runs": count, name: found}, indent=1))
