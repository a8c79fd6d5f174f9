"""The gridworld of Examples 3.5 and 3.8 of Sutton & Barto (2018), solved with NumPy.

    python3 bench/peers/book/chapter_3.py

Needs: pip install numpy. Prints one JSON object at once: the values of the random policy, from the
linear equations 3.14, and those of the best policies with all of their moves, from policy iteration.
"""

import json

import numpy as np

SIZE = 5
DISCOUNT = 0.9
MOVES = {"up": (-1, 0), "right": (0, 1), "down": (1, 0), "left": (0, -1)}
JUMPS = {(0, 1): ((4, 1), 10.0), (0, 3): ((2, 3), 5.0)}

cells = [(row, column) for row in range(SIZE) for column in range(SIZE)]
number = {cell: i for i, cell in enumerate(cells)}


def outcome(cell, move):
    if cell in JUMPS:
        return JUMPS[cell]
    target = (cell[0] + move[0], cell[1] + move[1])
    return (target, 0.0) if target in number else (cell, -1.0)


transition = np.zeros((len(MOVES), len(cells), len(cells)))
reward = np.zeros((len(MOVES), len(cells)))
for a, move in enumerate(MOVES.values()):
    for cell in cells:
        target, reward[a, number[cell]] = outcome(cell, move)
        transition[a, number[cell], number[target]] = 1


def value_of(policy):
    """Solves v = r + gamma P v, for the chance of each move in each cell, [moves, cells]."""
    p = np.einsum("as,ast->st", policy, transition)
    r = (policy * reward).sum(axis=0)
    return np.linalg.solve(np.eye(len(cells)) - DISCOUNT * p, r)


policy = np.full((4, 25), 0.25)
random_values = value_of(policy)
for _ in range(100):
    v = value_of(policy)
    q = reward + DISCOUNT * transition @ v
    best = q > q.max(axis=0) - 1e-9
    improved = best / best.sum(axis=0)
    if np.allclose(improved, policy):
        break
    policy = improved

print(json.dumps({
    "random": random_values.round(10).reshape(SIZE, SIZE).tolist(),
    "optimal": v.round(10).reshape(SIZE, SIZE).tolist(),
    "moves": [[m for m, one in zip(MOVES, best[:, s]) if one] for s in range(25)],
}, indent=1))
