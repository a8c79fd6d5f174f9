"""Sweeps of value iteration with SciPy's sparse matrices: the peer of bench/planning.ts.

    python3 bench/peers/planning.py [sweeps]

Needs: pip install numpy scipy. Prints one JSON object: processor milliseconds of a sweep.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy.sparse import csr_matrix

SIDE = 1000
N = SIDE * SIDE
SLIP, DISCOUNT = 0.2, 0.95


def noise(i):
    x = ((i.astype(np.uint64) + 1) * 0x9E3779B1 & 0xFFFFFFFF).astype(np.uint32)
    x = ((x ^ (x >> 15)).astype(np.uint64) * 0x85EBCA6B & 0xFFFFFFFF).astype(np.uint32)
    return (x ^ (x >> 13)) / 2**32


def model():
    cells = np.arange(N)
    wall = noise(cells) < 0.2
    goal = noise(cells + N) < 0.001
    cost = noise(cells + 2 * N)
    row, column = divmod(cells, SIDE)
    landings = []
    for dr, dc in ((-1, 0), (0, 1), (1, 0), (0, -1)):
        inside = (row + dr >= 0) & (row + dr < SIDE) & (column + dc >= 0) & (column + dc < SIDE)
        target = np.where(inside, cells + dr * SIDE + dc, cells)
        landings.append(np.where(wall[target], cells, target))
    matrices = []
    for action in range(4):
        columns = np.stack([landings[(action + turn) % 4] for turn in (-1, 0, 1)], 1)
        chances = np.tile([SLIP / 2, 1 - SLIP, SLIP / 2], (N, 1)) * ~goal[columns]
        matrix = csr_matrix(
            (DISCOUNT * chances.ravel(), columns.ravel().astype(np.int32), np.arange(0, 3 * N + 1, 3, dtype=np.int32)),
            (N, N),
        )
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        matrices.append(matrix)
    return matrices, -cost


def main():
    sweeps = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    matrices, reward = model()
    values = np.zeros(N)
    times = []
    for _ in range(sweeps):
        start = time.process_time()
        best = matrices[0] @ values
        for matrix in matrices[1:]:
            np.maximum(best, matrix @ values, out=best)
        best += reward
        change = best - values
        change.min(), change.max()
        values = best
        times.append(time.process_time() - start)
    print(json.dumps({"version": scipy.__version__, "milliseconds": 1000 * sorted(times)[sweeps // 2], "sum": values.sum()}))


main()
