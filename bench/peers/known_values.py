"""Values of the tabular worlds, computed apart from the TypeScript code.

    python bench/peers/known_values.py        # NumPy 2, Gymnasium 1.4.0; about a minute

What it prints stands in test/envs/known-values.test.ts and test/envs/blackjack.test.ts.
"""

import re
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import exp, factorial
from pathlib import Path

import numpy as np


def taxi():
    import gymnasium

    for rainy in (False, True):
        env = gymnasium.make("Taxi-v4", is_rainy=rainy).unwrapped
        value = np.zeros(500)
        for _ in range(2000):
            value = np.array([
                max(sum(p * (r + (0 if end else value[s2])) for p, s2, r, end in env.P[s][a]) for a in range(6))
                for s in range(500)
            ])
            if _ % 50 == 0 and _ > 0 and np.allclose(value, last, atol=1e-13):
                break
            last = value.copy()
        digest = sum(
            p * (i + 1) * ((7 * s + 3 * a + 5 * s2) % 101 + r + 2 * end)
            for s in range(500) for a in range(6)
            for i, (p, s2, r, end) in enumerate(env.P[s][a])
        )
        print("taxi rainy" if rainy else "taxi", env.initial_state_distrib @ value, "digest", digest)

    env = gymnasium.make("Taxi-v4", fickle_passenger=True).unwrapped
    env.reset(seed=0)
    digest = 0
    for s in range(500):
        for a in range(6):
            seen = set()
            for _ in range(60):
                env.s, env.fickle_step = s, True
                s2, r, end, _, _ = env.step(a)
                seen.add((int(s2), r, bool(end), bool(env.fickle_step)))
            digest += sum((7 * s + 3 * a + 5 * s2) % 101 + r + 2 * end + 50 * flag for s2, r, end, flag in seen)
    print("taxi fickle: digest of the outcomes with a change still to come", digest)


def blackjack_games():
    """Games of Gymnasium with the card draws behind them, as np_random.integers gives them."""
    import gymnasium

    env = gymnasium.make("Blackjack-v1").unwrapped
    for seed, hits in ((5, 0), (11, 1), (15, 2), (3, 1), (1, 3), (4, 2)):
        env.reset(seed=seed)
        twin = np.random.default_rng(seed)
        (total, showing, ace), _ = env.reset(seed=seed)
        draws = [int(twin.integers(13)) for _ in range(4)] + [int(twin.integers(4))]
        if showing == 10:
            draws.append(int(twin.integers(3)))
        trace, ended = [((total * 11 + showing) * 2 + ace, 0)], False
        for action in [1] * hits + [0]:
            if ended:
                break
            (total, showing, ace), reward, ended, _, _ = env.step(action)
            trace.append(((total * 11 + showing) * 2 + ace, reward))
        drawn = len(env.player) + len(env.dealer) - 4
        draws += [int(twin.integers(13)) for _ in range(drawn)]
        deck = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10]
        assert [deck[d] for d in draws[len(draws) - drawn:]] == env.player[2:] + env.dealer[2:]
        print("blackjack game", hits, draws, trace)


def blackjack():
    chance = {c: Fraction(4 if c == 10 else 1, 13) for c in range(1, 11)}

    def total(low, ace):  # low counts every ace as 1
        return low + 10 if ace and low + 10 <= 21 else low

    @lru_cache(None)
    def dealer(low, ace):
        t = total(low, ace)
        if t >= 17:
            return {0 if t > 21 else t: Fraction(1)}
        ends = {}
        for c, p in chance.items():
            for t2, q in dealer(low + c, ace or c == 1).items():
                ends[t2] = ends.get(t2, 0) + p * q
        return ends

    def ends(up):  # [(score, natural, chance)]
        for hole, p in chance.items():
            natural = {up, hole} == {1, 10}
            for t, q in dealer(up + hole, 1 in (up, hole)).items():
                yield t, natural, p * q

    def solve(sab, natural):
        def stick(t, up, is_natural):
            value = Fraction(0)
            for t2, dealer_natural, p in ends(up):
                r = Fraction((t > t2) - (t < t2))
                if sab and is_natural and not dealer_natural:
                    r = Fraction(1)
                elif not sab and natural and is_natural and r == 1:
                    r = Fraction(3, 2)
                value += p * r
            return value

        @lru_cache(None)
        def hit(low, ace, up):
            return sum(
                p * (-1 if low + c > 21 else best(low + c, ace or c == 1, up)) for c, p in chance.items()
            )

        @lru_cache(None)
        def best(low, ace, up, is_natural=False):
            return max(stick(total(low, ace), up, is_natural), hit(low, ace, up))

        start = sum(
            p * q * w * best(a + b, 1 in (a, b), up, {a, b} == {1, 10})
            for (a, p), (b, q), (up, w) in product(chance.items(), repeat=3)
        )
        policy = {
            soft: [
                min(
                    t for t in range(12 if soft else 4, 22)
                    if all(stick(u, up, False) >= hit(u - 10 if soft else u, soft, up) for u in range(t, 22))
                )
                for up in range(1, 11)
            ]
            for soft in (False, True)
        }
        return start, policy

    for sab, natural in ((True, False), (False, False), (False, True)):
        value, policy = solve(sab, natural)
        print("blackjack sab", sab, "natural", natural, float(value), "sticks from, dealer A..10, hard and soft:", policy)


def book_grid():
    jump = {(0, 1): ((4, 1), 10), (0, 3): ((2, 3), 5)}
    step, reward = np.zeros((4, 25), int), np.zeros((4, 25))
    for s in range(25):
        for a, (dr, dc) in enumerate(((-1, 0), (0, 1), (1, 0), (0, -1))):
            r, c = divmod(s, 5)
            if (r, c) in jump:
                (r2, c2), g = jump[r, c]
            else:
                r2, c2, g = r + dr, c + dc, 0
                if not (0 <= r2 < 5 and 0 <= c2 < 5):
                    r2, c2, g = r, c, -1
            step[a, s], reward[a, s] = r2 * 5 + c2, g
    transitions = sum(np.eye(25)[step[a]] for a in range(4)) / 4
    print("5x5 random", np.linalg.solve(np.eye(25) - 0.9 * transitions, reward.mean(0)).round(1).reshape(5, 5).tolist())
    v = np.zeros(25)
    for _ in range(2000):
        v = (reward + 0.9 * v[step]).max(0)
    print("5x5 optimal", v.round(1).reshape(5, 5).tolist())


def random_walk():
    n, reach = 1000, 100
    matrix, reward = np.zeros((n, n)), np.zeros(n)
    for s in range(n):
        for jump in range(1, reach + 1):
            for t in (s - jump, s + jump):
                if t < 0:
                    reward[s] -= 1 / (2 * reach)
                elif t >= n:
                    reward[s] += 1 / (2 * reach)
                else:
                    matrix[s, t] += 1 / (2 * reach)
    v = np.linalg.solve(np.eye(n) - matrix, reward)
    print("walk of 1000", {i: v[i - 1] for i in (1, 100, 250, 500, 501, 1000)})


def jack():
    def poisson(k, mean):
        return exp(-mean) * mean**k / factorial(k)

    def location(requests, returns):
        table, income = np.zeros((21, 21)), np.zeros(21)
        for cars in range(21):
            for asked in range(60):
                rented = min(asked, cars)
                for back in range(60):
                    p = poisson(asked, requests) * poisson(back, returns)
                    table[cars, min(cars - rented + back, 20)] += p
                    income[cars] += 10 * rented * p
        return table, income

    (t1, i1), (t2, i2) = location(3, 3), location(4, 2)
    for modified in (False, True):
        def q_values(v):
            ahead = i1[:, None] + i2[None, :] + 0.9 * t1 @ v @ t2.T
            q = np.full((21, 21, 11), -np.inf)
            for n1, n2, move in product(range(21), range(21), range(-5, 6)):
                if not -n2 <= move <= n1:
                    continue
                a, b = min(n1 - move, 20), min(n2 + move, 20)
                cost = 2 * abs(move)
                if modified:
                    cost = (2 * (move - 1) if move > 0 else -2 * move) + 4 * (a > 10) + 4 * (b > 10)
                q[n1, n2, move + 5] = ahead[a, b] - cost
            return q

        v = np.zeros((21, 21))
        for _ in range(600):
            v = q_values(v).max(2)
        q = q_values(v)
        policy = q.argmax(2) - 5
        top = np.sort(q, 2)
        print("jack modified" if modified else "jack", "V(10,10)", v[10, 10], "V(0,0)", v[0, 0], "V(20,20)", v[20, 20])
        print("  smallest gap of the best two", (top[..., -1] - top[..., -2]).min())
        print("  policy, first location 20 at the top, 0 … a for -5 … 5:")
        for n1 in range(20, -1, -1):
            print("   ", "".join("%x" % (m + 5) for m in policy[n1]))


def access_control():
    from math import comb

    n, pay = 10, (1, 2, 4, 8)
    h = np.zeros((n + 1, 4))
    for _ in range(20000):
        mean = h.mean(1)
        after = np.array([
            sum(comb(n - f, k) * 0.06**k * 0.94 ** (n - f - k) * mean[f + k] for k in range(n - f + 1))
            for f in range(n + 1)
        ])
        reject = np.repeat(after[:, None], 4, 1)
        accept = np.full((n + 1, 4), -np.inf)
        accept[1:] = after[:-1, None] + np.array(pay)
        new = np.maximum(reject, accept)
        gain = new[n, 0] - h[n, 0]
        h = new - new[n, 0]
        if _ > 100 and abs(gain - last) < 1e-14:
            break
        last = gain
    print("access control gain", gain, "accepts from so many free servers, by priority",
          [int(np.argmax(accept[:, k] > reject[:, k])) for k in range(4)])


def racetracks():
    source = (Path(__file__).parents[2] / "envs/tabular/racetrack.ts").read_text()
    for name in ("left", "right"):
        rows = re.findall(r"'([#.SG]+)'", re.search(name + r": \[(.*?)\]", source, re.S)[1])
        cells = {(r, c): x for r, row in enumerate(rows) for c, x in enumerate(row) if x != "#"}
        starts = [cell for cell, x in cells.items() if x == "S"]

        def drive(cell, up, right):
            far = max(up, right)
            for k in range(1, far + 1):
                at = (cell[0] - int(up * k / far + 0.5), cell[1] + int(right * k / far + 0.5))
                if at not in cells:
                    return None
                if cells[at] == "G":
                    return "goal"
            return (cell[0] - up, cell[1] + right)

        for noise in (0, 0.1):
            v = {(c, u, r): 0.0 for c in cells for u in range(5) for r in range(5)}

            def after(cell, up, right):
                end = drive(cell, up, right)
                if end == "goal":
                    return 0
                if end is None:
                    return sum(v[s, 0, 0] for s in starts) / len(starts)
                return v[end, up, right]

            for sweep in range(1000):
                change = 0
                for (c, u, r) in v:
                    if cells[c] == "G":
                        continue
                    stay = after(c, u, r)
                    best = -np.inf
                    for du, dr in product((-1, 0, 1), repeat=2):
                        u2, r2 = min(max(u + du, 0), 4), min(max(r + dr, 0), 4)
                        if u2 == r2 == 0 and cells[c] != "S":
                            u2, r2 = u, r
                        best = max(best, (1 - noise) * after(c, u2, r2) + noise * stay)
                    change = max(change, abs(best - 1 - v[c, u, r]))
                    v[c, u, r] = best - 1
                if change < 1e-9:
                    break
            print("racetrack", name, noise, [round(v[s, 0, 0], 6) for s in starts])


def windy():
    wind = (0, 0, 0, 1, 1, 1, 2, 2, 1, 0)
    four = ((-1, 0), (0, 1), (1, 0), (0, -1))
    king = four + ((-1, 1), (1, 1), (1, -1), (-1, -1))
    for name, moves, stochastic in (("four", four, 0), ("king", king, 0), ("stay", king + ((0, 0),), 0),
                                    ("king stochastic", king, 1), ("four stochastic", four, 1)):
        v = np.zeros((7, 10))
        for _ in range(3000):
            new = np.zeros((7, 10))
            for r, c in product(range(7), range(10)):
                if (r, c) == (3, 7):
                    continue
                gusts = (-1, 0, 1) if stochastic and wind[c] else (0,)
                new[r, c] = -1 + max(
                    np.mean([v[min(max(r + dr - wind[c] - g, 0), 6), min(max(c + dc, 0), 9)] for g in gusts])
                    for dr, dc in moves
                )
            if np.abs(new - v).max() < 1e-12:
                break
            v = new
        print("windy", name, v[3, 0])


if __name__ == "__main__":
    for part in (taxi, blackjack_games, blackjack, book_grid, random_walk, jack, access_control, windy, racetracks):
        part()
