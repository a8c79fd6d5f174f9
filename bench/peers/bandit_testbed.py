"""The ten-armed testbed of Sutton & Barto (2018), chapter 2, in NumPy.

    python3 bench/peers/bandit_testbed.py natural 20      # times the script a person writes
    python3 bench/peers/bandit_testbed.py vectorized 2000 # times all problems at once
    python3 bench/peers/bandit_testbed.py reference 20000 > test/golden/bandit-testbed.json

Needs: pip install numpy. Prints one JSON object. The number is that of the problems, each of 1,000
pulls. The first two run six policies (`POLICIES`); the reference runs those of figures 2.2 to 2.6 and
gives for each the average reward and the share of pulls of the best arm, over all pulls, over the last
hundred, and at the eleventh pull, and the average regret over all, with their standard errors. That
takes two minutes.
"""

import json
import sys
import time

import numpy as np

ARMS = 10
PULLS = 1000

# name: agent, its options, and the mean of the arms' true values
POLICIES = {
    "greedy": ("epsilon-greedy", {"epsilon": 0}, 0),
    "epsilon 0.01": ("epsilon-greedy", {"epsilon": 0.01}, 0),
    "epsilon 0.1": ("epsilon-greedy", {"epsilon": 0.1}, 0),
    "optimistic": ("epsilon-greedy", {"epsilon": 0, "stepSize": 0.1, "initialValue": 5}, 0),
    "ucb": ("ucb1", {"exploration": 2}, 0),
    "gradient": ("gradient-bandit", {"stepSize": 0.1, "baseline": True}, 0),
}


def named_powers(low, high):
    """Powers of two as they stand below figure 2.6, with their values."""
    return [(f"1/{2**-n}" if n < 0 else str(2**n), 2.0**n) for n in range(low, high + 1)]


FIGURES = {
    **{f"2.2 {name}": POLICIES[name] for name in ("greedy", "epsilon 0.01", "epsilon 0.1")},
    "2.3 optimistic": POLICIES["optimistic"],
    "2.3 realistic": ("epsilon-greedy", {"epsilon": 0.1, "stepSize": 0.1}, 0),
    "2.4 ucb": POLICIES["ucb"],
    **{
        f"2.5 alpha {step_size} {'with' if baseline else 'without'} baseline": (
            "gradient-bandit",
            {"stepSize": step_size, "baseline": baseline},
            4,
        )
        for step_size in (0.1, 0.4)
        for baseline in (True, False)
    },
    **{
        f"2.6 epsilon 1/{inverse}": ("epsilon-greedy", {"epsilon": 1 / inverse}, 0)
        for inverse in (128, 64, 32, 16, 8, 4)
    },
    **{
        f"2.6 alpha {name}": ("gradient-bandit", {"stepSize": step_size, "baseline": True}, 0)
        for name, step_size in named_powers(-5, 2)
    },
    **{
        f"2.6 c {name}": ("ucb1", {"exploration": exploration}, 0)
        for name, exploration in named_powers(-4, 2)
    },
    **{
        f"2.6 initial value {name}": (
            "epsilon-greedy",
            {"epsilon": 0, "stepSize": 0.1, "initialValue": value},
            0,
        )
        for name, value in named_powers(-2, 2)
    },
}


def softmax(preferences):
    weights = np.exp(preferences - preferences.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


# One problem at a time.


def play_epsilon_greedy(rng, values, epsilon, stepSize=None, initialValue=0.0):
    q = np.full(ARMS, float(initialValue))
    n = np.zeros(ARMS)
    rewards = np.zeros(PULLS)
    arms = np.zeros(PULLS, dtype=int)
    for t in range(PULLS):
        if rng.random() < epsilon:
            arm = rng.integers(ARMS)
        else:
            arm = rng.choice(np.flatnonzero(q == q.max()))
        reward = rng.normal(values[arm])
        n[arm] += 1
        q[arm] += (reward - q[arm]) * (stepSize or 1 / n[arm])
        arms[t] = arm
        rewards[t] = reward
    return rewards, arms


def play_ucb(rng, values, exploration):
    q = np.zeros(ARMS)
    n = np.zeros(ARMS)
    rewards = np.zeros(PULLS)
    arms = np.zeros(PULLS, dtype=int)
    for t in range(PULLS):
        untried = np.flatnonzero(n == 0)
        if untried.size > 0:
            arm = rng.choice(untried)
        else:
            bounds = q + exploration * np.sqrt(np.log(t) / n)
            arm = rng.choice(np.flatnonzero(bounds == bounds.max()))
        reward = rng.normal(values[arm])
        n[arm] += 1
        q[arm] += (reward - q[arm]) / n[arm]
        arms[t] = arm
        rewards[t] = reward
    return rewards, arms


def play_gradient(rng, values, stepSize, baseline):
    h = np.zeros(ARMS)
    average = 0.0
    rewards = np.zeros(PULLS)
    arms = np.zeros(PULLS, dtype=int)
    for t in range(PULLS):
        policy = softmax(h)
        arm = rng.choice(ARMS, p=policy)
        reward = rng.normal(values[arm])
        if t == 0:
            average = reward
        one_hot = np.zeros(ARMS)
        one_hot[arm] = 1
        h += stepSize * (reward - (average if baseline else 0)) * (one_hot - policy)
        average += (reward - average) / (t + 1)
        arms[t] = arm
        rewards[t] = reward
    return rewards, arms


PLAY = {
    "epsilon-greedy": play_epsilon_greedy,
    "ucb1": play_ucb,
    "gradient-bandit": play_gradient,
}


def natural(rng, agent, options, mean, num_problems):
    rewards = np.zeros((PULLS, num_problems))
    optimal = np.zeros((PULLS, num_problems))
    for problem in range(num_problems):
        values = rng.normal(mean, 1, ARMS)
        rewards[:, problem], arms = PLAY[agent](rng, values, **options)
        optimal[:, problem] = arms == values.argmax()
    return rewards, optimal


# All problems at once.


def random_argmax(rng, scores):
    """The place of the greatest number in each row; each of those that tie with the same chance."""
    ties = scores == scores.max(axis=1, keepdims=True)
    return (ties * (1 + rng.random(scores.shape))).argmax(axis=1)


class EpsilonGreedy:
    def __init__(self, num_problems, epsilon, stepSize=None, initialValue=0.0):
        self.q = np.full((num_problems, ARMS), float(initialValue))
        self.n = np.zeros((num_problems, ARMS))
        self.rows = np.arange(num_problems)
        self.epsilon, self.step_size = epsilon, stepSize

    def act(self, rng, _t):
        arms = random_argmax(rng, self.q)
        if self.epsilon > 0:
            explore = np.flatnonzero(rng.random(arms.size) < self.epsilon)
            arms[explore] = rng.integers(ARMS, size=explore.size)
        return arms

    def learn(self, arms, rewards, _t):
        at = (self.rows, arms)
        self.n[at] += 1
        self.q[at] += (rewards - self.q[at]) * (self.step_size or 1 / self.n[at])


class Ucb:
    def __init__(self, num_problems, exploration):
        self.q = np.zeros((num_problems, ARMS))
        self.n = np.zeros((num_problems, ARMS))
        self.rows = np.arange(num_problems)
        self.exploration = exploration

    def act(self, rng, t):
        if t < ARMS:
            return random_argmax(rng, np.where(self.n == 0, 1.0, 0.0))
        return random_argmax(rng, self.q + self.exploration * np.sqrt(np.log(t) / self.n))

    def learn(self, arms, rewards, _t):
        at = (self.rows, arms)
        self.n[at] += 1
        self.q[at] += (rewards - self.q[at]) / self.n[at]


class Gradient:
    def __init__(self, num_problems, stepSize, baseline):
        self.h = np.zeros((num_problems, ARMS))
        self.average = np.zeros(num_problems)
        self.rows = np.arange(num_problems)
        self.step_size, self.baseline = stepSize, baseline

    def act(self, rng, _t):
        self.policy = softmax(self.h)
        draws = rng.random((self.rows.size, 1))
        return np.minimum((self.policy.cumsum(axis=1) <= draws).sum(axis=1), ARMS - 1)

    def learn(self, arms, rewards, t):
        average = rewards if t == 0 else self.average
        step = self.step_size * (rewards - (average if self.baseline else 0))
        self.h -= step[:, None] * self.policy
        self.h[self.rows, arms] += step
        self.average += (rewards - self.average) / (t + 1)


AGENTS = {"epsilon-greedy": EpsilonGreedy, "ucb1": Ucb, "gradient-bandit": Gradient}


def vectorized(rng, agent, options, mean, num_problems, regrets=None):
    """Fills regrets, [PULLS, num_problems], where they are wanted."""
    values = rng.normal(mean, 1, (num_problems, ARMS))
    best = values.argmax(axis=1)
    learner = AGENTS[agent](num_problems, **options)
    rewards = np.zeros((PULLS, num_problems))
    optimal = np.zeros((PULLS, num_problems))
    for t in range(PULLS):
        arms = learner.act(rng, t)
        rewards[t] = values[learner.rows, arms] + rng.standard_normal(num_problems)
        learner.learn(arms, rewards[t], t)
        optimal[t] = arms == best
        if regrets is not None:
            regrets[t] = values[learner.rows, best] - values[learner.rows, arms]
    return rewards, optimal


def timed(run, num_problems):
    result = {}
    for name, (agent, options, mean) in POLICIES.items():
        rng = np.random.default_rng(1)
        began = time.process_time()
        rewards, optimal = run(rng, agent, options, mean, num_problems)
        seconds = time.process_time() - began
        result[name] = {
            "nanoseconds_per_pull": 1e9 * seconds / (num_problems * PULLS),
            "reward": rewards[-100:].mean(),
            "optimal": optimal[-100:].mean(),
        }
    return result


def estimate(pulls):
    """Mean and standard error over problems of their averages."""
    averages = pulls.mean(axis=0)
    return [round(averages.mean(), 5), round(averages.std(ddof=1) / np.sqrt(averages.size), 6)]


def reference(num_problems):
    result = {}
    for name, (agent, options, mean) in FIGURES.items():
        rng = np.random.default_rng(2)
        regrets = np.zeros((PULLS, num_problems))
        rewards, optimal = vectorized(rng, agent, options, mean, num_problems, regrets)
        result[name] = {
            "agent": agent,
            "options": options,
            "valueMean": mean,
            "reward": estimate(rewards),
            "optimal": estimate(optimal),
            "regret": estimate(regrets),
            "lateReward": estimate(rewards[-100:]),
            "lateOptimal": estimate(optimal[-100:]),
            "eleventhReward": estimate(rewards[10:11]),
            "eleventhOptimal": estimate(optimal[10:11]),
        }
    return {
        "command": f"python3 bench/peers/bandit_testbed.py reference {num_problems}",
        "numpy": np.__version__,
        "columns": ["mean over problems", "standard error"],
        "policies": result,
    }


if __name__ == "__main__":
    mode, count = sys.argv[1], int(sys.argv[2])
    if mode == "reference":
        print(json.dumps(reference(count), indent=1))
    else:
        print(json.dumps(timed(natural if mode == "natural" else vectorized, count)))
