"""Chapter 8 of Sutton & Barto (2018), planning and learning in mazes, in NumPy.

    python3 bench/peers/book/chapter_8.py figure-8.2 2000
    python3 bench/peers/book/chapter_8.py figure-8.3 1000
    python3 bench/peers/book/chapter_8.py figure-8.4 500
    python3 bench/peers/book/chapter_8.py figure-8.5 500
    python3 bench/peers/book/chapter_8.py example-8.4 200

Needs: pip install numpy. The number is that of the independent runs; in the larger mazes of
example 8.4 it is halved with each doubling of their size. Prints one JSON object: of each
number that is measured, its mean and its standard error.

Figures 8.2 to 8.5 go through all runs at once, one row of each array a run. Example 8.4 goes through
them one by one.
"""

import heapq
import itertools
import json
import math
import sys

import numpy as np

DISCOUNT = 0.95
EPSILON = 0.1
MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))

DYNA_MAZE = (
    "       XG",
    "  X    X ",
    "S X    X ",
    "  X      ",
    "     X   ",
    "         ",
)
RIGHT_GAP = ("        G", "         ", "         ", "XXXXXXXX ", "         ", "   S     ")
LEFT_GAP = ("        G", "         ", "         ", " XXXXXXXX", "         ", "   S     ")
BOTH_GAPS = ("        G", "         ", "         ", " XXXXXXX ", "         ", "   S     ")


class Maze:
    """Where each action leads from each cell, and where an episode begins and ends."""

    def __init__(self, rows):
        height, width = len(rows), len(rows[0])
        self.cells = height * width
        self.start = "".join(rows).index("S")
        self.goals = np.array([letter == "G" for letter in "".join(rows)])
        self.walls = np.array([letter == "X" for letter in "".join(rows)])
        self.next = np.zeros((self.cells, 4), dtype=np.int64)
        for row, column in itertools.product(range(height), range(width)):
            for action, (down, right) in enumerate(MOVES):
                y, x = row + down, column + right
                inside = 0 <= y < height and 0 <= x < width
                free = inside and rows[y][x] != "X"
                self.next[row * width + column, action] = (y if free else row) * width + (
                    x if free else column
                )

    def distances(self):
        """Steps to the nearest goal; infinite for walls and what they shut in."""
        far = np.where(self.goals, 0.0, math.inf)
        for _ in range(self.cells):
            far = np.where(self.walls | self.goals, far, 1 + far[self.next].min(axis=1))
        return far


class DynaAgents:
    """Dyna-Q, or with a bonus Dyna-Q+: one agent a run."""

    def __init__(self, runs, cells, step_size, planning_steps, bonus, rng):
        self.rng = rng
        self.step_size = step_size
        self.planning_steps = planning_steps
        self.bonus = bonus
        self.values = np.zeros((runs, cells, 4))
        self.model_next = np.zeros((runs, cells, 4), dtype=np.int64)
        self.model_reward = np.zeros((runs, cells, 4))
        self.model_ends = np.zeros((runs, cells, 4), dtype=bool)
        self.tried = np.zeros((runs, cells, 4), dtype=bool)
        self.last_try = np.zeros((runs, cells, 4))
        self.cells_seen = np.zeros((runs, cells), dtype=np.int64)
        self.num_seen = np.zeros(runs, dtype=np.int64)
        self.actions_tried = np.zeros((runs, cells, 4), dtype=np.int64)
        self.num_tried = np.zeros((runs, cells), dtype=np.int64)
        self.clock = 0
        # What was never tried is imagined to lead nowhere, for nothing.
        self.model_next[:] = np.arange(cells)[None, :, None]

    def act(self, run, cell):
        values = self.values[run, cell]
        best = values == values.max(axis=1, keepdims=True)
        greedy = np.where(best, self.rng.random(values.shape), -1).argmax(axis=1)
        explores = self.rng.random(len(run)) < EPSILON
        return np.where(explores, self.rng.integers(4, size=len(run)), greedy)

    def learn(self, run, cell, action, reward, after, ends):
        self.clock += 1
        self.update(run, cell, action, reward, after, ends)
        new = ~self.tried[run, cell, action]
        first = new & (self.num_tried[run, cell] == 0)
        r, c = run[first], cell[first]
        self.cells_seen[r, self.num_seen[r]] = c
        self.num_seen[r] += 1
        r, c, a = run[new], cell[new], action[new]
        self.actions_tried[r, c, self.num_tried[r, c]] = a
        self.num_tried[r, c] += 1
        self.tried[run, cell, action] = True
        self.model_next[run, cell, action] = after
        self.model_reward[run, cell, action] = reward
        self.model_ends[run, cell, action] = ends
        self.last_try[run, cell, action] = self.clock
        for _ in range(self.planning_steps):
            self.imagine(run)

    def imagine(self, run):
        cell = self.cells_seen[run, self.rng.integers(self.num_seen[run])]
        if self.bonus is None:
            action = self.actions_tried[run, cell, self.rng.integers(self.num_tried[run, cell])]
            extra = 0
        else:
            action = self.rng.integers(4, size=len(run))
            extra = self.bonus * np.sqrt(self.clock - self.last_try[run, cell, action])
        self.update(
            run,
            cell,
            action,
            self.model_reward[run, cell, action] + extra,
            self.model_next[run, cell, action],
            self.model_ends[run, cell, action],
        )

    def update(self, run, cell, action, reward, after, ends):
        target = reward + DISCOUNT * np.where(ends, 0, self.values[run, after].max(axis=1))
        self.values[run, cell, action] += self.step_size * (
            target - self.values[run, cell, action]
        )


def summary(samples):
    samples = np.asarray(samples, dtype=float)
    return {
        "mean": float(samples.mean()),
        "standardError": float(samples.std(ddof=1) / math.sqrt(len(samples))),
    }


def play_episodes(agents, maze, runs, episodes, look=None):
    """Steps of each episode of each run, `[runs, episodes]`."""
    steps = np.zeros((runs, episodes), dtype=np.int64)
    episode = np.zeros(runs, dtype=np.int64)
    cell = np.full(runs, maze.start)
    live = np.arange(runs)
    while len(live) > 0:
        here = cell[live]
        action = agents.act(live, here)
        after = maze.next[here, action]
        ends = maze.goals[after]
        agents.learn(live, here, action, ends.astype(float), after, ends)
        steps[live, episode[live]] += 1
        if look is not None:
            look(live, episode[live])
        episode[live] += ends
        cell[live] = np.where(ends, maze.start, after)
        live = live[episode[live] < episodes]
    return steps


def figure_8_2(runs):
    maze = Maze(DYNA_MAZE)
    result = {}
    for planning_steps in (0, 5, 50):
        rng = np.random.default_rng([82, planning_steps])
        agents = DynaAgents(runs, maze.cells, 0.1, planning_steps, None, rng)
        steps = play_episodes(agents, maze, runs, 50)
        result[f"n = {planning_steps}"] = {
            "episode 2": summary(steps[:, 1]),
            "episode 3": summary(steps[:, 2]),
            "episode 5": summary(steps[:, 4]),
            "episodes 2 to 50": summary(steps[:, 1:].mean(axis=1)),
            "episodes 41 to 50": summary(steps[:, 40:].mean(axis=1)),
        }
    return result


def figure_8_3(runs):
    maze = Maze(DYNA_MAZE)
    far = maze.distances()
    shorter = far[maze.next] < far[:, None]
    result = {}
    for planning_steps in (0, 50):
        rng = np.random.default_rng([83, planning_steps])
        agents = DynaAgents(runs, maze.cells, 0.1, planning_steps, None, rng)
        decided = [[] for _ in range(runs)]  # after each step of the second episode
        right = [[] for _ in range(runs)]

        def look(live, episode):
            for run in live[episode == 1]:
                values = agents.values[run]
                best = values == values.max(axis=1, keepdims=True)
                arrows = ~best.all(axis=1)
                decided[run].append(arrows.sum())
                right[run].append((arrows & ~(best & ~shorter).any(axis=1)).sum())

        play_episodes(agents, maze, runs, 2, look)
        half = lambda counts: counts[len(counts) // 2 - 1]
        result[f"n = {planning_steps}"] = {
            "cells with arrows": summary([half(counts) for counts in decided]),
            "cells with right arrows": summary([half(counts) for counts in right]),
        }
    return result


# The book does not say with which parameters its figures 8.4 and 8.5 were made.
CHANGING = {"step_size": 1.0, "planning_steps": 50, "bonus": 1e-3}


def changing_maze(runs, before, after, change, steps, step_size, planning_steps, bonus, seed):
    """Rewards of each step of each run, `[steps, runs]`."""
    mazes = Maze(before), Maze(after)
    agents = DynaAgents(
        runs, mazes[0].cells, step_size, planning_steps, bonus, np.random.default_rng(seed)
    )
    everyone = np.arange(runs)
    cell = np.full(runs, mazes[0].start)
    rewards = np.zeros((steps, runs))
    for t in range(steps):
        maze = mazes[t >= change]
        action = agents.act(everyone, cell)
        landing = maze.next[cell, action]
        ends = maze.goals[landing]
        rewards[t] = ends
        agents.learn(everyone, cell, action, rewards[t], landing, ends)
        cell = np.where(ends, maze.start, landing)
    return rewards


def figure_8_4(runs):
    result = {}
    for name, bonus in (("Dyna-Q", None), ("Dyna-Q+", CHANGING["bonus"])):
        rewards = changing_maze(
            runs,
            RIGHT_GAP,
            LEFT_GAP,
            1000,
            3000,
            CHANGING["step_size"],
            CHANGING["planning_steps"],
            bonus,
            [84, bonus is None],
        )
        result[name] = {
            f"by step {step}": summary(rewards[:step].sum(axis=0)) for step in (1000, 2000, 3000)
        }
    return result


def figure_8_5(runs):
    result = {}
    for name, bonus in (("Dyna-Q", None), ("Dyna-Q+", CHANGING["bonus"])):
        rewards = changing_maze(
            runs,
            LEFT_GAP,
            BOTH_GAPS,
            3000,
            6000,
            CHANGING["step_size"],
            CHANGING["planning_steps"],
            bonus,
            [85, bonus is None],
        )
        result[name] = {
            f"by step {step}": summary(rewards[:step].sum(axis=0)) for step in (3000, 4500, 6000)
        }
    return result


def magnify(rows, tall, wide):
    """Each cell becomes a block of cells; only one of them is the start."""
    grown = ["".join(letter * wide for letter in row) for row in rows for _ in range(tall)]
    text = "\n".join(grown)
    first = text.index("S")
    text = text.replace("S", " ")
    return (text[:first] + "S" + text[first + 1 :]).split("\n")


# The book does not give these either. Both agents walk at random, so that they see the same, and learn off
# policy: else the last shortcut may wait forever to be found by chance.
SWEEPING = {"epsilon": 1.0, "step_size": 1.0, "updates_per_step": 5, "threshold": 1e-4}


def follows_shortest_way(values, maze, length):
    cell = maze.start
    for _ in range(length):
        row = values[cell]
        cell = maze.table[cell][row.index(max(row))]
        if maze.goals[cell]:
            return True
    return False


def act(values, cell, rng):
    if rng.random() < SWEEPING["epsilon"]:
        return int(4 * rng.random())
    row = values[cell]
    best = max(row)
    ties = [action for action in range(4) if row[action] == best]
    return ties[int(len(ties) * rng.random())]


def dyna_q_updates(maze, length, rng):
    step_size, updates_per_step = SWEEPING["step_size"], SWEEPING["updates_per_step"]
    values = [[0.0] * 4 for _ in range(maze.cells)]
    model = [{} for _ in range(maze.cells)]
    seen = []
    updates = 0
    cell = maze.start

    def update(s, a):
        reward, after = model[s][a]
        target = 1.0 if reward else DISCOUNT * max(values[after])
        error = target - values[s][a]
        values[s][a] += step_size * error
        return error != 0

    while True:
        action = act(values, cell, rng)
        after = maze.table[cell][action]
        if not model[cell]:
            seen.append(cell)
        model[cell][action] = maze.goals[after], after
        has_changed = update(cell, action)
        for _ in range(updates_per_step - 1):
            s = seen[int(len(seen) * rng.random())]
            tried = list(model[s])
            has_changed |= update(s, tried[int(len(tried) * rng.random())])
        updates += updates_per_step
        cell = maze.start if maze.goals[after] else after
        if has_changed and follows_shortest_way(values, maze, length):
            return updates


def sweeping_updates(maze, length, rng):
    step_size, updates_per_step = SWEEPING["step_size"], SWEEPING["updates_per_step"]
    threshold = SWEEPING["threshold"]
    values = [[0.0] * 4 for _ in range(maze.cells)]
    model = {}
    leads_to = [set() for _ in range(maze.cells)]
    priorities = {}  # of what is in the queue
    heap = []
    order = itertools.count()
    updates = 0
    cell = maze.start

    def error(pair):
        reward, after = model[pair]
        target = 1.0 if reward else DISCOUNT * max(values[after])
        return target - values[pair[0]][pair[1]]

    def insert(pair):
        priority = abs(error(pair))
        if priority > threshold and priority > priorities.get(pair, 0):
            priorities[pair] = priority
            heapq.heappush(heap, (-priority, next(order), pair))

    while True:
        action = act(values, cell, rng)
        after = maze.table[cell][action]
        model[cell, action] = maze.goals[after], after
        leads_to[after].add((cell, action))
        insert((cell, action))
        made = 0
        while made < updates_per_step and heap:
            negative, _, pair = heapq.heappop(heap)
            if priorities.get(pair) != -negative:
                continue  # it was put in again with a higher priority
            del priorities[pair]
            values[pair[0]][pair[1]] += step_size * error(pair)
            made += 1
            for before in leads_to[pair[0]]:
                insert(before)
        updates += made
        cell = maze.start if maze.goals[after] else after
        if made > 0 and follows_shortest_way(values, maze, length):
            return updates


def example_8_4(runs):
    result = {}
    for doublings in range(5):
        tall, wide = 2 ** (doublings // 2), 2 ** ((doublings + 1) // 2)
        maze = Maze(magnify(DYNA_MAZE, tall, wide))
        length = int(maze.distances()[maze.start])
        maze.table = maze.next.tolist()
        maze.goals = maze.goals.tolist()
        states = 47 * tall * wide
        for name in ("prioritized sweeping", "Dyna-Q"):
            logs = []
            for run in range(max(2, runs >> max(0, doublings - 1))):
                rng = np.random.default_rng([84, doublings, name == "Dyna-Q", run])
                uniform = UniformStream(rng)
                if name == "Dyna-Q":
                    updates = dyna_q_updates(maze, length, uniform)
                else:
                    updates = sweeping_updates(maze, length, uniform)
                logs.append(math.log10(updates))
            result[f"{name}, {states} states"] = {**summary(logs), "runs": len(logs)}
    return result


class UniformStream:
    """Uniform draws one by one, a thousand at a time underneath."""

    def __init__(self, rng):
        self.draws = iter(lambda: rng.random(1000).tolist(), None)
        self.flat = itertools.chain.from_iterable(self.draws)

    def random(self):
        return next(self.flat)


EXPERIMENTS = {
    "figure-8.2": figure_8_2,
    "figure-8.3": figure_8_3,
    "figure-8.4": figure_8_4,
    "figure-8.5": figure_8_5,
    "example-8.4": example_8_4,
}

if __name__ == "__main__":
    name, runs = sys.argv[1], int(sys.argv[2])
    print(json.dumps({"runs": runs, **EXPERIMENTS[name](runs)}, indent=1))
