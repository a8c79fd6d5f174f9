"""The random walk of 19 states of Sutton & Barto (2018), Example 7.1, in NumPy.

    python3 bench/peers/book/nineteen_states.py n-step 1000
    python3 bench/peers/book/nineteen_states.py off-line 1000
    python3 bench/peers/book/nineteen_states.py td-lambda 1000
    python3 bench/peers/book/nineteen_states.py true-online 1000

Figures 7.2, 12.3, 12.6 and 12.8. Needs: pip install numpy. The number is that of the runs. Prints
one JSON object: for each n or λ and each step size, the root-mean-square error over the states at
the end of an episode, averaged over the first ten episodes: [mean over runs, standard error].

All step sizes learn from the same walks at once: values are [step sizes, states].
"""

import json
import sys

import numpy as np

EPISODES = 10
TRUE_VALUES = np.arange(-18, 19, 2) / 20

STEPS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
LAMBDAS = [0, 0.4, 0.8, 0.9, 0.95, 0.975, 0.99, 1]
COARSE = [k / 20 for k in range(1, 21)]
FINE = [0.01, 0.02, 0.03, 0.04, 0.06, 0.08]
STEP_SIZES = sorted(FINE + COARSE)


def walk(rng):
    """The states of an episode, the last of which is an end: 0 or 20."""
    states = [10]
    while 0 < states[-1] < 20:
        states.append(states[-1] + (1 if rng.random() < 0.5 else -1))
    return states


def reward_of(state):
    return {0: -1.0, 20: 1.0}.get(state, 0.0)


def n_step_episode(values, states, step_sizes, n):
    end = len(states) - 1
    rewards = [0.0] + [reward_of(state) for state in states[1:]]
    for tau in range(end):
        horizon = min(tau + n, end)
        target = sum(rewards[tau + 1 : horizon + 1])
        if tau + n < end:
            target = target + values[:, states[tau + n]]
        values[:, states[tau]] += step_sizes * (target - values[:, states[tau]])


def off_line_episode(values, states, step_sizes, lam):
    """All λ-returns by the values that the episode was played with, then all updates in order."""
    end = len(states) - 1
    targets = np.zeros((end, len(step_sizes)))
    target = np.zeros(len(step_sizes))  # what follows the end
    for t in range(end - 1, -1, -1):
        last = t == end - 1
        after = 0 if last else values[:, states[t + 1]]
        target = reward_of(states[t + 1]) + (0 if last else (1 - lam) * after + lam * target)
        targets[t] = target
    for t in range(end):
        values[:, states[t]] += step_sizes * (targets[t] - values[:, states[t]])


def td_lambda_episode(values, states, step_sizes, lam):
    traces = np.zeros(values.shape[1])
    for here, there in zip(states, states[1:]):
        traces *= lam
        traces[here] += 1
        errors = reward_of(there) + values[:, there] - values[:, here]
        values += (step_sizes * errors)[:, None] * traces


def true_online_episode(values, states, step_sizes, lam):
    """As in the box of section 12.5, with one-hot features."""
    traces = np.zeros_like(values)
    old = np.zeros(len(step_sizes))
    for here, there in zip(states, states[1:]):
        value, next_value = values[:, here].copy(), values[:, there].copy()
        error = reward_of(there) + next_value - value
        product = traces[:, here].copy()
        traces *= lam
        traces[:, here] += 1 - step_sizes * lam * product
        values += (step_sizes * (error + value - old))[:, None] * traces
        values[:, here] -= step_sizes * (value - old)
        old = next_value


def errors_of(episode, parameter, runs):
    step_sizes = np.array(STEP_SIZES)
    errors = np.zeros((len(step_sizes), runs))
    for run in range(runs):
        rng = np.random.default_rng([72, run])  # the same walks for every parameter
        values = np.zeros((len(step_sizes), 21))
        for _ in range(EPISODES):
            episode(values, walk(rng), step_sizes, parameter)
            differences = values[:, 1:20] - TRUE_VALUES
            errors[:, run] += np.sqrt((differences**2).mean(axis=1)) / EPISODES
    means = errors.mean(axis=1)
    standard_errors = errors.std(axis=1, ddof=1) / np.sqrt(runs)
    return {
        str(step_size): [float(f"{mean:.6g}"), float(f"{error:.3g}")]
        for step_size, mean, error in zip(STEP_SIZES, means, standard_errors)
        if mean < 2
    }


FAMILIES = {
    "n-step": (n_step_episode, STEPS),
    "off-line": (off_line_episode, LAMBDAS),
    "td-lambda": (td_lambda_episode, LAMBDAS),
    "true-online": (true_online_episode, LAMBDAS),
}

if __name__ == "__main__":
    name, count = sys.argv[1], int(sys.argv[2])
    np.seterr(over="ignore", invalid="ignore")
    one, parameters = FAMILIES[name]
    found = {str(parameter): errors_of(one, parameter, count) for parameter in parameters}
    print(json.dumps({"numpy": np.__version__, "runs": count, name: found}))
