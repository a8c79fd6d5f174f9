"""Q-learning on FrozenLake as a plain Gymnasium script: the peer of bench/tabular.ts.

    python3 bench/peers/tabular.py [steps]

Needs: pip install gymnasium numpy. Prints one JSON object.
"""

import json
import sys
import time

import gymnasium
import numpy


def main(steps: int) -> None:
    env = gymnasium.make("FrozenLake-v1")
    rng = numpy.random.default_rng(1)
    num_actions = env.action_space.n
    q = numpy.zeros((env.observation_space.n, num_actions))
    step_size, discount, epsilon = 0.1, 0.99, 0.1

    state, _ = env.reset(seed=1)
    began = time.perf_counter()
    for _ in range(steps):
        if rng.random() < epsilon:
            action = int(rng.integers(num_actions))
        else:
            row = q[state]
            action = int(rng.choice(numpy.flatnonzero(row == row.max())))
        next_state, reward, terminated, truncated, _ = env.step(action)
        future = 0.0 if terminated else discount * q[next_state].max()
        q[state, action] += step_size * (reward + future - q[state, action])
        state = next_state
        if terminated or truncated:
            state, _ = env.reset()
    seconds = time.perf_counter() - began
    print(json.dumps({"steps_per_second": steps / seconds, "success": float(q.max())}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
