"""The Monte Carlo examples of chapter 5 of Sutton & Barto (2018), in NumPy.

    python3 bench/peers/book/chapter_5.py [exact|prediction|control|sampling|variance] …

Needs: pip install numpy. Prints a JSON object for each part, without words all of them, in about ten
minutes. A measured number is [mean, standard error, number of runs].

- exact: values of blackjack by counting through all cards: of the policy that sticks on 20 and 21
  (figure 5.1; a sum of 21 with a usable ace is a natural as often as that policy comes by one) and of
  the best policy (figure 5.2) with the lowest sum it sticks on from there up.
- prediction: root mean squared errors over the 200 states after 10,000 and 500,000 episodes (figure 5.1).
- control: Monte Carlo with exploring starts, 500,000 episodes: in how many of the 200 states the policy
  is not the best one, how much worth it loses there on average, and the error of the values (figure 5.2).
- sampling: mean squared errors of importance sampling in one state, and how often the
  estimate is larger than any return (figure 5.3).
- variance: how near ordinary importance sampling comes to 1 in the example of infinite variance
  (figure 5.4).
"""

import json
import sys
from functools import lru_cache

import numpy as np

# Blackjack, card by card: 10 stands for ten, jack, queen and king. A hand is its sum with every ace
# counted as 1, and whether there is one.

CHANCE = {card: (4 if card == 10 else 1) / 13 for card in range(1, 11)}
SUMS = range(12, 22)


def count(low, ace):
    return low + 10 if ace and low <= 11 else low


@lru_cache(None)
def dealer(low, ace):
    """Chances of the dealer's final sums, 0 for going bust."""
    total = count(low, ace)
    if total >= 17:
        return {0 if total > 21 else total: 1.0}
    ends = {}
    for card, p in CHANCE.items():
        for end, q in dealer(low + card, ace or card == 1).items():
            ends[end] = ends.get(end, 0) + p * q
    return ends


@lru_cache(None)
def stick(total, up):
    value = 0
    for hole, p in CHANCE.items():
        for end, q in dealer(up + hole, 1 in (up, hole)).items():
            value += p * q * ((total > end) - (total < end))
    return value


def natural(up):
    """A natural wins, but for another natural."""
    return 1 - (CHANCE[10] if up == 1 else CHANCE[1] if up == 10 else 0)


def hit(value, low, ace, up):
    return sum(
        p * (-1 if low + card > 21 else value(low + card, ace or card == 1, up))
        for card, p in CHANCE.items()
    )


@lru_cache(None)
def fixed(low, ace, up):
    """Sticks on 20 and 21."""
    return stick(count(low, ace), up) if count(low, ace) >= 20 else hit(fixed, low, ace, up)


@lru_cache(None)
def best(low, ace, up):
    return max(stick(count(low, ace), up), hit(best, low, ace, up))


def low_of(total, usable):
    return total - 10 if usable else total


def share_of_naturals():
    """Of the hands with 21 and a usable ace that the fixed policy comes by."""
    dealt, reached = 0, 0

    def play(low, ace, p):
        nonlocal reached
        total = count(low, ace)
        if total == 21 and total != low:
            reached += p
        if total < 20:
            for card, q in CHANCE.items():
                if low + card <= 21:
                    play(low + card, ace or card == 1, p * q)

    for a, p in CHANCE.items():
        for b, q in CHANCE.items():
            if {a, b} == {1, 10}:
                dealt += p * q
            else:
                play(a + b, 1 in (a, b), p * q)
    return dealt / (dealt + reached)


def fixed_values():
    """[usable, sum − 12, up − 1]."""
    v = np.array([
        [[fixed(low_of(total, usable), bool(usable), up) for up in range(1, 11)] for total in SUMS]
        for usable in (0, 1)
    ])
    share = share_of_naturals()
    v[1, 9] = share * np.array([natural(up) for up in range(1, 11)]) + (1 - share) * v[1, 9]
    return v


def best_actions():
    """q of sticking and of hitting with the best policy ahead, [usable, sum − 12, up − 1]."""
    cells = [(usable, total, up) for usable in (0, 1) for total in SUMS for up in range(1, 11)]
    sticks = np.array([stick(total, up) for _, total, up in cells]).reshape(2, 10, 10)
    hits = np.array([hit(best, low_of(total, u), bool(u), up) for u, total, up in cells])
    return sticks, hits.reshape(2, 10, 10)


def exact():
    v = fixed_values()
    sticks, hits = best_actions()
    top = np.maximum(sticks, hits)
    return {
        "share of naturals": share_of_naturals(),
        "fixed, mean over the states": v.mean(),
        "fixed": {f"{u} {t} {up}": v[u, t - 12, up - 1] for u, t, up in SHOWN},
        "best, mean over the states": top.mean(),
        "best": {f"{u} {t} {up}": top[u, t - 12, up - 1] for u, t, up in SHOWN},
        "sticks from": [[12 + int(np.argmax((sticks > hits)[u, :, up])) for up in range(10)] for u in (0, 1)],
        "smallest gap": np.abs(sticks - hits).min(),
    }


SHOWN = [(0, 12, 10), (0, 16, 10), (0, 20, 1), (0, 21, 7), (1, 12, 1), (1, 13, 2), (1, 18, 9), (1, 21, 10)]


# Blackjack, many games at once.


def draw(rng, size):
    return np.minimum(rng.integers(1, 14, size), 10)


def add(low, ace, cards):
    return low + cards, ace | (cards == 1)


def counted(low, ace):
    return np.where(ace & (low <= 11), low + 10, low)


def play_dealer(rng, up):
    """The final sums of dealers who show `up`, 0 for bust, and which of them hold a natural."""
    hole = draw(rng, up.size)
    low, ace = add(up.copy(), up == 1, hole)
    naturals = ace & (low == 11)
    while True:
        going = np.flatnonzero(counted(low, ace) < 17)
        if going.size == 0:
            break
        low[going], ace[going] = add(low[going], ace[going], draw(rng, going.size))
    total = counted(low, ace)
    return np.where(total > 21, 0, total), naturals


def outcome(rng, total, up, is_natural):
    """The reward of sticking."""
    end, dealer_natural = play_dealer(rng, up)
    reward = np.sign(total - end)
    return np.where(is_natural & ~dealer_natural, 1, reward)


def run_fixed(rng, episodes, counts, sums):
    """Adds the returns of each state that the policy of figure 5.1 comes through, [2, 10, 10]."""
    up, first, second = draw(rng, episodes), draw(rng, episodes), draw(rng, episodes)
    low, ace = add(first, first == 1, second)
    is_natural = ace & (low == 11)
    rewards = np.zeros(episodes)
    visits = []
    going = np.arange(episodes)
    while going.size > 0:
        total = counted(low[going], ace[going])
        shown = total >= 12
        usable = (total != low[going]).astype(int)
        visits.append((going[shown], (usable[shown], total[shown] - 12, up[going[shown]] - 1)))
        stops = total >= 20
        at = going[stops]
        rewards[at] = outcome(rng, total[stops], up[at], is_natural[at])
        at = going[~stops]
        low[at], ace[at] = add(low[at], ace[at], draw(rng, at.size))
        bust = low[at] > 21
        rewards[at[bust]] = -1
        going = at[~bust]
    for who, where in visits:
        np.add.at(counts, where, 1)
        np.add.at(sums, where, rewards[who])


def measured(numbers):
    numbers = np.asarray(numbers, dtype=float)
    error = numbers.std(ddof=1) / np.sqrt(numbers.size)
    return [float("%.6g" % numbers.mean()), float("%.3g" % error), numbers.size]


def prediction(runs=100):
    truth = fixed_values()
    errors = {10_000: [], 500_000: []}
    for run in range(runs):
        rng = np.random.default_rng([51, run])
        counts, sums = np.zeros((2, 10, 10)), np.zeros((2, 10, 10))
        done = 0
        for episodes in errors:
            run_fixed(rng, episodes - done, counts, sums)
            done = episodes
            means = sums / np.maximum(counts, 1)  # a state that has not been seen is put down at 0
            squares = (means - truth) ** 2
            errors[episodes].append([np.sqrt(squares[u].mean()) for u in (0, 1)])
    return {
        f"{episodes} episodes, {name}": measured([e[u] for e in numbers])
        for episodes, numbers in errors.items()
        for u, name in ((0, "no usable ace"), (1, "usable ace"))
    }


def control(runs=100, episodes=500_000):
    """All runs side by side, an episode of each at a time."""
    rng = np.random.default_rng(52)
    rows = np.arange(runs)
    q = np.zeros((runs, 2, 10, 10, 2))  # the last: stick, hit
    n = np.zeros_like(q)
    for _ in range(episodes):
        up = rng.integers(1, 11, runs)
        total = rng.integers(12, 22, runs)
        usable = rng.integers(0, 2, runs)
        action = rng.integers(0, 2, runs)
        reward = np.zeros(runs)
        visits = []
        going = rows
        while True:
            where = (going, usable[going], total[going] - 12, up[going] - 1)
            visits.append((*where, action[going]))
            sticks = going[action[going] == 0]
            if sticks.size > 0:
                end, _ = play_dealer(rng, up[sticks])
                reward[sticks] = np.sign(total[sticks] - end)
            going = going[action[going] == 1]
            if going.size == 0:
                break
            # A second ace counts as 1: with twelve or more, 11 is too much.
            total[going] += draw(rng, going.size)
            soft = going[(total[going] > 21) & (usable[going] == 1)]
            total[soft] -= 10
            usable[soft] = 0
            bust = total[going] > 21
            reward[going[bust]] = -1
            going = going[~bust]
            if going.size == 0:
                break
            here = q[going, usable[going], total[going] - 12, up[going] - 1]
            tie = here[:, 0] == here[:, 1]
            action[going] = np.where(tie, rng.integers(0, 2, going.size), here[:, 1] > here[:, 0])
        for where in visits:
            n[where] += 1
            q[where] += (reward[where[0]] - q[where]) / n[where]
    sticks, hits = best_actions()
    top = np.maximum(sticks, hits)
    greedy_hits = q[..., 1] > q[..., 0]
    wrong = greedy_hits != (hits > sticks)
    lost = np.where(wrong, np.abs(sticks - hits), 0)
    return {
        "states with another action": measured(wrong.sum(axis=(1, 2, 3))),
        "of them those where it costs more than 0.05": measured((lost > 0.05).sum(axis=(1, 2, 3))),
        "worth lost by the action, mean over the states": measured(lost.mean(axis=(1, 2, 3))),
        "root mean squared error of the values": measured(
            np.sqrt(((q.max(axis=4) - top) ** 2).mean(axis=(1, 2, 3)))
        ),
    }


def weighted_returns(rng, size):
    """Ratios and returns of episodes from 13 with a usable ace against a deuce, actions by a coin."""
    low, ace = np.full(size, 3), np.full(size, True)
    ratio, reward = np.ones(size), np.zeros(size)
    going = np.arange(size)
    while going.size > 0:
        total = counted(low[going], ace[going])
        hits = rng.random(going.size) < 0.5
        ratio[going] *= np.where(hits == (total < 20), 2, 0)
        at = going[~hits]
        reward[at] = outcome(rng, total[~hits], np.full(at.size, 2), np.full(at.size, False))
        going = going[hits]
        low[going], ace[going] = add(low[going], ace[going], draw(rng, going.size))
        bust = low[going] > 21
        reward[going[bust]] = -1
        going = going[~bust]
    return ratio, reward


POINTS = (1, 10, 100, 1000, 10_000)


def sampling(runs=5000):
    truth = fixed(3, True, 2)
    rng = np.random.default_rng(53)
    squares = {"ordinary": [], "weighted": []}
    outside = []
    for _ in range(runs):
        ratio, reward = weighted_returns(rng, POINTS[-1])
        top, bottom = np.cumsum(ratio * reward), np.cumsum(ratio)
        at = np.array(POINTS) - 1
        squares["ordinary"].append((top[at] / POINTS - truth) ** 2)
        outside.append(np.abs(top[at] / POINTS) > 1)
        squares["weighted"].append((top[at] / np.maximum(bottom[at], 1e-300) - truth) ** 2)
    return {
        "value": truth,
        **{
            f"{name}, {n} episodes": measured([s[i] for s in numbers])
            for name, numbers in squares.items()
            for i, n in enumerate(POINTS)
        },
        **{
            f"ordinary, share outside of [-1, 1] after {n} episodes": measured([s[i] for s in outside])
            for i, n in enumerate(POINTS)
        },
    }


def variance(runs=20_000, episodes=10_000):
    """One state: left ends with a reward of 1 once in ten times, else leads back; right ends with 0."""
    shares = {n: [] for n in (100, 1000, 10_000)}
    below = {n: [] for n in shares}
    for run in range(runs):
        rng = np.random.default_rng([54, run])
        value = np.zeros(episodes)
        ratio = np.ones(episodes)
        going = np.arange(episodes)
        while going.size > 0:
            going = going[rng.random(going.size) < 0.5]  # left, in the other half the ratio is 0
            ratio[going] *= 2
            ends = rng.random(going.size) < 0.1
            value[going[ends]] = ratio[going[ends]]
            going = going[~ends]
        means = np.cumsum(value)
        for n in shares:
            shares[n].append(abs(means[n - 1] / n - 1) < 0.1)
            below[n].append(means[n - 1] / n < 1)
    return {
        **{f"share within 0.1 of 1 after {n} episodes": measured(shares[n]) for n in shares},
        **{f"share below 1 after {n} episodes": measured(below[n]) for n in below},
    }


PARTS = {part.__name__: part for part in (exact, prediction, control, sampling, variance)}

for part in sys.argv[1:] or PARTS:
    print(json.dumps({part: PARTS[part]()}, indent=1), flush=True)
