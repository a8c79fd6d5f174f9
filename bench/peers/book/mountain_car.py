"""Mountain car with tile coding as in Sutton & Barto (2018), chapters 10 and 12, in NumPy.

    python3 bench/peers/book/mountain_car.py figure-10.1 60
    python3 bench/peers/book/mountain_car.py figure-10.2 200
    python3 bench/peers/book/mountain_car.py figure-10.3 200
    python3 bench/peers/book/mountain_car.py figure-10.4 100
    python3 bench/peers/book/mountain_car.py figure-12.10 60
    python3 bench/peers/book/mountain_car.py figure-12.11 60

Needs: pip install numpy. The number is that of the runs. Prints one JSON object: means, standard errors
and the number of runs.

All runs of all step sizes go on at once, each in an episode of its own; a run that has had its episodes
leaves. The tiles are those of Sutton's software, in which the eight tilings are displaced by 1 and 3
eighths of a tile, with a weight for each of them instead of a hash table. There is no discounting, and no
exploration but what initial values of 0 bring about. Episodes are cut after 20,000 steps, which counts
for cars alone that rock at the bottom of the valley with values that fall together.
"""

import json
import sys
from collections.abc import Callable

import numpy as np

TILINGS = 8
ROWS, COLUMNS = 10, 9  # tiles of a tiling that the car can be in, along the position and the velocity
FEATURES = TILINGS * ROWS * COLUMNS
ACTIONS = 3
LIMIT = 20_000
TILING = np.arange(TILINGS)
DISPLACEMENTS = TILING, 3 * TILING % TILINGS  # in eighths; whole tiles only change the names


def tiles(position: np.ndarray, velocity: np.ndarray) -> np.ndarray:
    """The tile of each tiling, [lanes, TILINGS]."""
    eighths_x = np.floor(8 * position / (0.5 + 1.2) * TILINGS).astype(int)
    eighths_v = np.floor(8 * velocity / (0.07 + 0.07) * TILINGS).astype(int)
    row = (eighths_x[:, None] + DISPLACEMENTS[0]) // TILINGS + 6
    column = (eighths_v[:, None] + DISPLACEMENTS[1]) // TILINGS + 4
    return (TILING * ROWS + row) * COLUMNS + column


class Cars:
    """Lanes of cars."""

    def __init__(self, rng: np.random.Generator, lanes: int) -> None:
        self.rng = rng
        self.position = rng.uniform(-0.6, -0.4, lanes)
        self.velocity = np.zeros(lanes)

    def drive(self, action: np.ndarray) -> np.ndarray:
        """Moves all; returns which of them have arrived, and starts them anew."""
        pull = 0.0025 * np.cos(3 * self.position)
        self.velocity = np.clip(self.velocity + 0.001 * (action - 1) - pull, -0.07, 0.07)
        self.position = self.position + self.velocity
        left = self.position < -1.2
        self.position[left] = -1.2
        self.velocity[left] = 0
        arrived = self.position >= 0.5
        self.start(np.flatnonzero(arrived))
        return arrived

    def start(self, lanes: np.ndarray) -> None:
        self.position[lanes] = self.rng.uniform(-0.6, -0.4, len(lanes))
        self.velocity[lanes] = 0

    def keep(self, lanes: np.ndarray) -> None:
        self.position = self.position[lanes]
        self.velocity = self.velocity[lanes]


class NStepSarsa:
    """Episodic semi-gradient n-step Sarsa."""

    def __init__(self, step_size: np.ndarray, n: int) -> None:
        lanes = len(step_size)
        self.step_size = step_size
        self.n = n
        self.weights = np.zeros((lanes, ACTIONS * FEATURES))
        self.pairs = np.zeros((n, lanes, TILINGS), dtype=int)  # of the last n steps, in a ring
        self.time = np.zeros(lanes, dtype=int)  # t of the running episode

    def see(self, pair: np.ndarray, value: np.ndarray, going: np.ndarray) -> None:
        """S, A at the next time; `going` unless the car has just started."""
        lanes = np.arange(len(self.time))
        due = np.flatnonzero(going & (self.time >= self.n))
        self.learn(due, self.time[due] - self.n, value[due] - self.n)
        self.pairs[self.time % self.n, lanes] = pair
        self.time += 1

    def end(self, lanes: np.ndarray, value: np.ndarray) -> None:
        """The episode is over: `value` is 0, or what was to come where it was cut."""
        for steps in range(self.n, 0, -1):
            due = self.time[lanes] >= steps
            self.learn(lanes[due], self.time[lanes[due]] - steps, value[due] - steps)
        self.time[lanes] = 0

    def learn(self, lanes: np.ndarray, tau: np.ndarray, target: np.ndarray) -> None:
        pair = self.pairs[tau % self.n, lanes]
        lanes_column = lanes[:, None]
        hit = self.weights[lanes_column, pair]
        error = target - hit.sum(axis=1)
        self.weights[lanes_column, pair] = hit + (self.step_size[lanes] * error)[:, None]

    def keep(self, lanes: np.ndarray) -> None:
        self.step_size = self.step_size[lanes]
        self.weights = self.weights[lanes]
        self.pairs = self.pairs[:, lanes]
        self.time = self.time[lanes]


class SarsaLambda:
    """Sarsa(lambda) by traces: 'replacing', 'clearing' (replacing, and 0 for the other actions),
    'accumulating' or 'dutch' (true online)."""

    def __init__(self, step_size: np.ndarray, decay: float, kind: str) -> None:
        lanes = len(step_size)
        self.step_size = step_size
        self.decay = decay
        self.kind = kind
        self.weights = np.zeros((lanes, ACTIONS * FEATURES))
        self.traces = np.zeros((lanes, ACTIONS * FEATURES))
        self.pair = np.zeros((lanes, TILINGS), dtype=int)
        self.old = np.zeros(lanes)

    def see(self, pair: np.ndarray, value: np.ndarray, going: np.ndarray) -> None:
        lanes = np.flatnonzero(going)
        self.learn(lanes, value[lanes])
        self.pair = pair
        self.old[~going] = 0

    def end(self, lanes: np.ndarray, value: np.ndarray) -> None:
        """The episode is over: `value` is 0, or what was to come where it was cut."""
        self.learn(lanes, value)
        self.traces[lanes] = 0

    def learn(self, lanes: np.ndarray, next_value: np.ndarray) -> None:
        """R = -1 has come for the pair, and the value of the next one."""
        if len(lanes) == 0:
            return
        everything = len(lanes) == len(self.weights)
        z = self.traces if everything else self.traces[lanes]
        w = self.weights if everything else self.weights[lanes]
        pair = self.pair[lanes]
        at = np.arange(len(lanes))[:, None]
        step_size = self.step_size[lanes]
        value = w[at, pair].sum(axis=1)
        error = -1 + next_value - value
        if self.kind == "dutch":
            overlap = self.decay * z[at, pair].sum(axis=1)
            z *= self.decay
            z[at, pair] += (1 - step_size * overlap)[:, None]
            change = value - self.old[lanes]
            w += (step_size * (error + change))[:, None] * z
            w[at, pair] -= (step_size * change)[:, None]
            self.old[lanes] = next_value
        else:
            z *= self.decay
            if self.kind == "accumulating":
                z[at, pair] += 1
            else:
                if self.kind == "clearing":
                    for other in range(ACTIONS):
                        z[at, pair % FEATURES + other * FEATURES] = 0
                z[at, pair] = 1
            w += (step_size * error)[:, None] * z
        if not everything:
            self.traces[lanes] = z
            self.weights[lanes] = w

    def keep(self, lanes: np.ndarray) -> None:
        self.step_size = self.step_size[lanes]
        self.weights = self.weights[lanes]
        self.traces = self.traces[lanes]
        self.pair = self.pair[lanes]
        self.old = self.old[lanes]


def learn(
    agent: NStepSarsa | SarsaLambda,
    seed: int,
    episodes: int,
    looks: Callable[[int, np.ndarray], None] | None = None,
) -> np.ndarray:
    """Steps of each episode, [lanes, episodes]; `looks` sees the weights of a lane after an episode."""
    rng = np.random.default_rng(seed)
    lanes = np.arange(len(agent.step_size))
    cars = Cars(rng, len(lanes))
    lengths = np.zeros((len(lanes), episodes), dtype=int)
    episode = np.zeros(len(lanes), dtype=int)
    elapsed = np.zeros(len(lanes), dtype=int)

    def choose() -> tuple[np.ndarray, np.ndarray]:
        """The greedy pairs, and their values."""
        at = np.arange(len(lanes))
        active = tiles(cars.position, cars.velocity)
        pairs = active[:, None, :] + FEATURES * np.arange(ACTIONS)[:, None]
        values = agent.weights[at[:, None, None], pairs].sum(axis=2)
        ties = values == values.max(axis=1, keepdims=True)
        action = (ties * (1 + rng.random(ties.shape))).argmax(axis=1)
        return pairs[at, action], values[at, action]

    while len(lanes):
        pair, value = choose()
        late = np.flatnonzero(elapsed >= LIMIT)
        if len(late):
            agent.end(late, value[late])
            cars.start(late)
            elapsed[late] = 0
            pair, value = choose()
        agent.see(pair, value, elapsed > 0)
        lengths[lanes, episode] += 1
        elapsed += 1
        arrivals = cars.drive(pair[:, 0] // FEATURES)
        arrived = np.flatnonzero(arrivals)
        agent.end(arrived, np.zeros(len(arrived)))
        elapsed[arrived] = 0
        over = np.flatnonzero(arrivals | (elapsed >= LIMIT))
        if len(over) == 0:
            continue
        episode[over] += 1
        if looks:
            for lane in over:
                looks(episode[lane], agent.weights[lane])
        kept = np.flatnonzero(episode < episodes)
        if len(kept) < len(lanes):
            lanes, episode, elapsed = lanes[kept], episode[kept], elapsed[kept]
            agent.keep(kept)
            cars.keep(kept)
    return lengths


def statistics(samples: np.ndarray) -> list:
    """Mean and standard error."""
    error = samples.std(ddof=1) / np.sqrt(len(samples))
    return [round(float(samples.mean()), 5), round(float(error), 5)]


def several(step_sizes: list[float], runs: int) -> np.ndarray:
    return np.repeat(np.array(step_sizes) / TILINGS, runs)


def figure_10_1(runs: int) -> dict:
    """The largest cost to go on a grid of 40 times 40 points, after some episodes."""
    position = (np.arange(40) + 0.5) / 40 * 1.7 - 1.2
    velocity = (np.arange(40) + 0.5) / 40 * 0.14 - 0.07
    grid = tiles(*(axis.ravel() for axis in np.meshgrid(position, velocity)))
    highest = {12: [], 104: [], 1000: []}

    def look(episode: int, weights: np.ndarray) -> None:
        if episode in highest:
            values = weights.reshape(ACTIONS, FEATURES)[:, grid].sum(axis=2)
            highest[episode].append(-values.max(axis=0).min())

    lengths = learn(NStepSarsa(several([0.5], runs), 1), 101, 1000, look)
    result = {f"highest after {key}": statistics(np.array(value)) for key, value in highest.items()}
    result["steps of episode 1"] = statistics(lengths[:, 0])
    result["steps of episodes 2 to 12"] = statistics(lengths[:, 1:12].mean(axis=1))
    result["steps of episodes 901 to 1000"] = statistics(lengths[:, 900:].mean(axis=1))
    return result


def learning_curves(runs: int, methods: dict) -> dict:
    result = {}
    for name, (step_size, n) in methods.items():
        lengths = learn(NStepSarsa(several([step_size], runs), n), 102, 500)
        result[name] = {
            f"{low + 1} to {high}": statistics(lengths[:, low:high].mean(axis=1))
            for low, high in ((0, 1), (1, 20), (20, 100), (400, 500))
        }
    return result


def figure_10_2(runs: int) -> dict:
    return learning_curves(runs, {f"alpha {a}": (a, 1) for a in (0.1, 0.2, 0.5)})


def figure_10_3(runs: int) -> dict:
    return learning_curves(runs, {"n = 1, alpha 0.5": (0.5, 1), "n = 8, alpha 0.3": (0.3, 8)})


def figure_10_4(runs: int) -> dict:
    step_sizes = {
        1: [0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6],
        2: [0.3, 0.5, 0.7, 0.9, 1.1, 1.3],
        4: [0.25, 0.4, 0.6, 0.8, 1],
        8: [0.2, 0.3, 0.5, 0.7, 0.9],
        16: [0.2, 0.3, 0.4, 0.6],
    }
    result = {}
    for n, sizes in step_sizes.items():
        lengths = learn(NStepSarsa(several(sizes, runs), n), 104, 50).mean(axis=1)
        by_size = zip(sizes, lengths.reshape(len(sizes), runs), strict=True)
        result[f"n = {n}"] = {str(size): statistics(samples) for size, samples in by_size}
    return result


def figure_12_10(runs: int) -> dict:
    step_sizes = {0: 1.2, 0.68: 1, 0.84: 1, 0.92: 1, 0.96: 0.8, 0.98: 0.6, 0.99: 0.6}
    result = {}
    for decay, size in step_sizes.items():
        lengths = learn(SarsaLambda(several([size], runs), decay, "replacing"), 1210, 50)
        result[f"lambda {decay}"] = {str(size): statistics(lengths.mean(axis=1))}
    return result


def figure_12_11(runs: int) -> dict:
    step_sizes = {
        "dutch": [0.4, 1.2],
        "replacing": [0.4, 1.2],
        "clearing": [0.4, 1.2],
        "accumulating": [0.2, 0.4],
    }
    result = {}
    for kind, sizes in step_sizes.items():
        lengths = learn(SarsaLambda(several(sizes, runs), 0.9, kind), 1211, 20).mean(axis=1)
        by_size = zip(sizes, lengths.reshape(len(sizes), runs), strict=True)
        result[kind] = {str(size): statistics(samples) for size, samples in by_size}
    return result


FIGURES = {
    "figure-10.1": figure_10_1,
    "figure-10.2": figure_10_2,
    "figure-10.3": figure_10_3,
    "figure-10.4": figure_10_4,
    "figure-12.10": figure_12_10,
    "figure-12.11": figure_12_11,
}


def main() -> None:
    name, runs = sys.argv[1], int(sys.argv[2])
    print(json.dumps({"runs": runs, **FIGURES[name](runs)}))


if __name__ == "__main__":
    main()
