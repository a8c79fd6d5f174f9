"""Tabular agents as plain Gymnasium and NumPy scripts: the peers of bench/tabular.ts.

    python3 bench/peers/tabular.py q-learning FrozenLake-v1 [steps]
    python3 bench/peers/tabular.py sarsa-lambda CliffWalking-v1 [steps]
    python3 bench/peers/tabular.py dyna-q Taxi-v4 [steps]

The same algorithms, options and worlds: Sutton & Barto (2018), sections 6.5, 12.7 and 8.2. Needs: pip
install gymnasium numpy. Prints one JSON object: steps per second of processor time.
"""

import json
import sys
import time

import gymnasium
import numpy

STEP_SIZE, DISCOUNT, EPSILON = 0.1, 0.99, 0.1
LAMBDA, PLANNING_STEPS = 0.9, 5


def epsilon_greedy(q, state, rng):
    """A random action with probability epsilon, else one of the best; ties are broken at random."""
    row = q[state]
    if rng.random() < EPSILON:
        return int(rng.integers(len(row)))
    return int(rng.choice(numpy.flatnonzero(row == row.max())))


def q_learning(env, q, rng, steps):
    state, _ = env.reset(seed=1)
    for _ in range(steps):
        action = epsilon_greedy(q, state, rng)
        next_state, reward, terminated, truncated, _ = env.step(action)
        future = 0.0 if terminated else DISCOUNT * q[next_state].max()
        q[state, action] += STEP_SIZE * (reward + future - q[state, action])
        state = next_state
        if terminated or truncated:
            state, _ = env.reset()


def sarsa_lambda(env, q, rng, steps):
    traces = numpy.zeros_like(q)
    state, _ = env.reset(seed=1)
    action = epsilon_greedy(q, state, rng)
    for _ in range(steps):
        next_state, reward, terminated, truncated, _ = env.step(action)
        next_action = epsilon_greedy(q, next_state, rng)
        future = 0.0 if terminated else DISCOUNT * q[next_state, next_action]
        error = reward + future - q[state, action]
        traces *= DISCOUNT * LAMBDA
        traces[state, action] = 1.0  # replacing traces
        q += STEP_SIZE * error * traces
        state, action = next_state, next_action
        if terminated or truncated:
            traces[:] = 0.0
            state, _ = env.reset()
            action = epsilon_greedy(q, state, rng)


def dyna_q(env, q, rng, steps):
    model = {}  # state: {action: (reward, next state, terminated)}
    observed = []  # the states of the model
    taken = {}  # the actions of the model in each
    state, _ = env.reset(seed=1)

    def learn(state, action, reward, next_state, terminated):
        future = 0.0 if terminated else DISCOUNT * q[next_state].max()
        q[state, action] += STEP_SIZE * (reward + future - q[state, action])

    for _ in range(steps):
        action = epsilon_greedy(q, state, rng)
        next_state, reward, terminated, truncated, _ = env.step(action)
        learn(state, action, reward, next_state, terminated)
        if state not in model:
            model[state], taken[state] = {}, []
            observed.append(state)
        if action not in model[state]:
            taken[state].append(action)
        model[state][action] = (reward, next_state, terminated)
        for _ in range(PLANNING_STEPS):
            past_state = observed[rng.integers(len(observed))]
            actions = taken[past_state]
            past_action = actions[rng.integers(len(actions))]
            learn(past_state, past_action, *model[past_state][past_action])
        state = next_state
        if terminated or truncated:
            state, _ = env.reset()


AGENTS = {"q-learning": q_learning, "sarsa-lambda": sarsa_lambda, "dyna-q": dyna_q}


def main():
    agent, world = sys.argv[1:3]
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else 50_000
    env = gymnasium.make(world)
    q = numpy.zeros((env.observation_space.n, env.action_space.n))
    rng = numpy.random.default_rng(1)
    began = time.process_time()
    AGENTS[agent](env, q, rng, steps)
    seconds = time.process_time() - began
    print(json.dumps({"steps_per_second": steps / seconds, "largest_value": float(q.max())}))


main()
