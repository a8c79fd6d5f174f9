"""The planning examples of chapter 4 of Sutton & Barto (2018), solved apart from the TypeScript code.

    python3 bench/peers/book/chapter_4.py

Needs: pip install numpy. Prints one JSON object in a few seconds.

- The gridworld of Example 4.1, in exact fractions: sweeps of the random policy from 0, and the moves
  that are best in their values.
- Jack's car rental (Example 4.2): every policy of policy iteration from the one that never moves a car,
  and the values of the last. A row of a policy belongs to a number of cars at the first location, 20 at
  the top, and holds a digit for each number of cars at the second: 5 for no move, 6 for one car from
  the first to the second, 4 for one the other way, and so on (a is 10).
- The gambler's problem (Example 4.3), in exact fractions: the values as of bold play, which nothing
  improves, the stakes that attain them, and value iteration in place, capital rising, by sweeps.
"""

import json
from fractions import Fraction
from math import exp, factorial

import numpy as np

# The gridworld.

MOVES = {"u": (-1, 0), "r": (0, 1), "d": (1, 0), "l": (0, -1)}
CORNERS = [(0, 0), (3, 3)]


def moved(cell, move):
    row, column = cell[0] + move[0], cell[1] + move[1]
    return (row, column) if 0 <= row < 4 and 0 <= column < 4 else cell


def grid():
    cells = [(row, column) for row in range(4) for column in range(4)]
    v = dict.fromkeys(cells, Fraction(0))
    shown = {}
    for k in range(11):
        if k in (0, 1, 2, 3, 10):
            shown[k] = v
        v = {
            cell: Fraction(0) if cell in CORNERS
            else sum(v[moved(cell, move)] - 1 for move in MOVES.values()) / 4
            for cell in cells
        }
    equations = np.eye(16)
    for s, cell in enumerate(cells):
        for move in MOVES.values():
            if cell not in CORNERS:
                equations[s, cells.index(moved(cell, move))] -= 1 / 4
    limit = np.linalg.solve(equations, [0 if cell in CORNERS else -1 for cell in cells])
    shown["infinity"] = dict(zip(cells, limit.round(9)))

    def best(v, cell):
        worth = {name: v[moved(cell, move)] for name, move in MOVES.items()}
        return "".join(name for name in worth if worth[name] == max(worth.values()))

    return {
        k: {
            "values": [float(v[cell]) for cell in cells],
            "best": " ".join("-" if cell in CORNERS else best(v, cell) for cell in cells),
        }
        for k, v in shown.items()
    }


# Jack's car rental.

MOST = 20
DISCOUNT = 0.9


def poisson(mean, count):
    return exp(-mean) * mean**count / factorial(count)


def location(mean_requests, mean_returns):
    """P[cars in the morning, cars in the evening], and the expected income of the day."""
    chances = np.zeros((MOST + 1, MOST + 1))
    income = np.zeros(MOST + 1)
    for cars in range(MOST + 1):
        for requests in range(40):
            rented = min(cars, requests)
            p = poisson(mean_requests, requests)
            income[cars] += 10 * rented * p
            for returns in range(40):
                evening = min(MOST, cars - rented + returns)
                chances[cars, evening] += p * poisson(mean_returns, returns)
    return chances, income


P1, INCOME1 = location(3, 3)
P2, INCOME2 = location(4, 2)


def after_move(first, second, move):
    return min(MOST, first - move), min(MOST, second + move)


def jack():
    pairs = [(i, j) for i in range(MOST + 1) for j in range(MOST + 1)]
    joint = np.einsum("ac,bd->abcd", P1, P2).reshape(len(pairs), len(pairs))
    income = (INCOME1[:, None] + INCOME2[None, :]).ravel()
    policy = np.zeros(len(pairs), dtype=int)
    policies, gaps = [], []
    while True:
        after = [after_move(i, j, move) for (i, j), move in zip(pairs, policy)]
        rows = [i * (MOST + 1) + j for i, j in after]
        r = income[rows] - 2 * np.abs(policy)
        v = np.linalg.solve(np.eye(len(pairs)) - DISCOUNT * joint[rows], r)
        ahead = income + DISCOUNT * joint @ v
        policies.append((policy.copy(), v))
        greedy = policy.copy()
        for s, (i, j) in enumerate(pairs):
            worth = {}
            for move in range(-min(5, j), min(5, i) + 1):
                a, b = after_move(i, j, move)
                worth[move] = ahead[a * (MOST + 1) + b] - 2 * abs(move)
            greedy[s] = max(worth, key=worth.get)
            first, second = sorted(worth.values())[::-1][:2] if len(worth) > 1 else (1, 0)
            gaps.append(first - second)
        if (greedy == policy).all():
            break
        policy = greedy
    grid = lambda p: ["".join("%x" % (m + 5) for m in row) for row in p.reshape(21, 21)[::-1]]
    final = policies[-1][1].reshape(21, 21)
    return {
        "policies": [grid(p) for p, _ in policies],
        "smallestGap": min(gaps),
        "values": {f"{i},{j}": round(final[i, j], 9) for i, j in [(0, 0), (0, 20), (10, 10), (20, 0), (20, 20)]},
        "meanValues": [round(v.mean(), 9) for _, v in policies],
    }


# The gambler's problem.

GOAL = 100
HEADS = Fraction(2, 5)


def stakes(capital):
    return range(1, min(capital, GOAL - capital) + 1)


def bold_values():
    """Solves v(s) = p v(s + b) + (1 - p) v(s - b), b the highest stake, by elimination in fractions."""
    n = GOAL + 1
    rows = []
    for s in range(n):
        row = {s: Fraction(1)}
        if 0 < s < GOAL:
            b = min(s, GOAL - s)
            for t, p in ((s + b, HEADS), (s - b, 1 - HEADS)):
                row[t] = row.get(t, 0) - p
        rows.append((row, Fraction(1 if s == GOAL else 0)))
    matrix = [[row.get(t, Fraction(0)) for t in range(n)] + [rhs] for row, rhs in rows]
    for k in range(n):
        pivot = next(i for i in range(k, n) if matrix[i][k] != 0)
        matrix[k], matrix[pivot] = matrix[pivot], matrix[k]
        matrix[k] = [x / matrix[k][k] for x in matrix[k]]
        for i in range(n):
            if i != k and matrix[i][k] != 0:
                factor = matrix[i][k]
                matrix[i] = [x - factor * y for x, y in zip(matrix[i], matrix[k])]
    return [matrix[s][n] for s in range(n)]


def worth(v, capital, stake):
    return HEADS * v[capital + stake] + (1 - HEADS) * v[capital - stake]


def gambler():
    v = bold_values()
    best = {s: [a for a in stakes(s) if worth(v, s, a) == v[s]] for s in range(1, GOAL)}
    improvable = [s for s in best if max(worth(v, s, a) for a in stakes(s)) != v[s]]
    sweeps = {}
    w = [Fraction(0)] * GOAL + [Fraction(1)]
    u = [float(x) for x in w]
    for sweep in range(1, 33):
        for s in range(1, GOAL):
            u[s] = max(0.4 * u[s + a] + 0.6 * u[s - a] for a in stakes(s))
        if sweep in (1, 2, 3, 32):
            sweeps[sweep] = {s: u[s] for s in (25, 50, 75, 80, 99)} | {"sum": sum(u[1:GOAL])}
    return {
        "improvable": improvable,
        "values": {s: float(v[s]) for s in (1, 10, 25, 33, 50, 51, 75, 90, 99)},
        "sum": float(sum(v[1:GOAL])),
        "best": " ".join("/".join(map(str, best[s])) for s in range(1, GOAL)),
        "sweeps": sweeps,
    }


print(json.dumps({"grid": grid(), "jack": jack(), "gambler": gambler()}, indent=1))
