"""How fast does PyTorch update and evaluate the networks of bench/networks.ts, on one thread?

    python bench/peers/networks.py [seconds for each figure] [names ...]

Prints one line of JSON: versions, and for each network the median seconds of a DQN update (target
network and online network forward, Huber loss, backward, Adam) and of a forward pass of one row.
"""

import json
import platform
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)


def mlp(sizes):
    layers = []
    for inputs, outputs in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def minatar():
    return nn.Sequential(
        nn.Conv2d(4, 16, 3), nn.ReLU(), nn.Flatten(), nn.Linear(16 * 8 * 8, 128), nn.ReLU(), nn.Linear(128, 6)
    )


def nature():
    return nn.Sequential(
        nn.Conv2d(4, 32, 8, 4),
        nn.ReLU(),
        nn.Conv2d(32, 64, 4, 2),
        nn.ReLU(),
        nn.Conv2d(64, 64, 3),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(64 * 7 * 7, 512),
        nn.ReLU(),
        nn.Linear(512, 18),
    )


# name: (how to make it, shape of a row, actions, batch)
NETWORKS = {
    "4-64-64-2": (lambda: mlp([4, 64, 64, 2]), (4,), 2, 32),
    "4-120-84-2": (lambda: mlp([4, 120, 84, 2]), (4,), 2, 128),
    "8-256-256-4": (lambda: mlp([8, 256, 256, 4]), (8,), 4, 128),
    "minatar": (minatar, (4, 10, 10), 6, 32),
    "nature": (nature, (4, 84, 84), 18, 32),
}


def median_seconds(run, seconds):
    """The median over calls, for so many seconds after a third of that to warm up."""
    end = time.perf_counter() + seconds / 3
    while time.perf_counter() < end:
        run()
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return sorted(times)[len(times) // 2]


def measure(make, shape, actions, batch, seconds):
    torch.manual_seed(0)
    online, target = make(), make()
    target.load_state_dict(online.state_dict())
    optimizer = torch.optim.Adam(online.parameters(), lr=1e-4)
    loss_of = nn.SmoothL1Loss()
    states, next_states = torch.randn(batch, *shape), torch.randn(batch, *shape)
    chosen = torch.randint(actions, (batch, 1))
    rewards, ended = torch.randn(batch), torch.zeros(batch)

    def update():
        with torch.no_grad():
            targets = rewards + 0.99 * (1 - ended) * target(next_states).max(1).values
        loss = loss_of(online(states).gather(1, chosen).squeeze(1), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    row = torch.randn(1, *shape)

    def forward():
        with torch.no_grad():
            online(row)

    return {"update": median_seconds(update, seconds), "forward": median_seconds(forward, seconds / 2)}


def product(size, seconds):
    a, b, c = torch.randn(size, size), torch.randn(size, size), torch.empty(size, size)
    return 2 * size**3 / median_seconds(lambda: torch.matmul(a, b, out=c), seconds) / 1e9


if __name__ == "__main__":
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    names = sys.argv[2:] or [*NETWORKS, "product"]
    results = {name: measure(*NETWORKS[name], seconds) for name in names if name in NETWORKS}
    print(
        json.dumps(
            {
                "versions": {"python": platform.python_version(), "torch": torch.__version__},
                "networks": results,
                "productGflops": product(128, seconds) if "product" in names else None,
            }
        )
    )
