"""DQN of Stable-Baselines3 with RL Baselines3 Zoo's settings, seed by seed: is one published run typical?

    python3 bench/peers/rl_zoo.py CartPole-v1 0 10      # world, first seed, seeds

Needs: pip install stable-baselines3 (and torch, which runs on one thread here). Prints one JSON object for
each seed: the mean return of 100 episodes without exploration, when training is over. It is what
`palaestra reproduce-deep rl-zoo-dqn-cart-pole` does, and its settings are those of suites/published/rl-zoo.ts.
"""

import json
import sys
import time

import torch
from stable_baselines3 import DQN
from stable_baselines3.common.env_util import make_vec_env
from stable_baselines3.common.evaluation import evaluate_policy

torch.set_num_threads(1)

EPISODES = 100

SETTINGS = {
    "CartPole-v1": (
        50_000,
        {
            "learning_rate": 2.3e-3,
            "batch_size": 64,
            "buffer_size": 100_000,
            "learning_starts": 1000,
            "gamma": 0.99,
            "target_update_interval": 10,
            "train_freq": 256,
            "gradient_steps": 128,
            "exploration_fraction": 0.16,
            "exploration_final_eps": 0.04,
        },
    ),
    "Acrobot-v1": (
        100_000,
        {
            "learning_rate": 6.3e-4,
            "batch_size": 128,
            "buffer_size": 50_000,
            "learning_starts": 0,
            "gamma": 0.99,
            "target_update_interval": 250,
            "train_freq": 4,
            "gradient_steps": -1,
            "exploration_fraction": 0.12,
            "exploration_final_eps": 0.1,
        },
    ),
    "MountainCar-v0": (
        120_000,
        {
            "learning_rate": 4e-3,
            "batch_size": 128,
            "buffer_size": 10_000,
            "learning_starts": 1000,
            "gamma": 0.98,
            "target_update_interval": 600,
            "train_freq": 16,
            "gradient_steps": 8,
            "exploration_fraction": 0.2,
            "exploration_final_eps": 0.07,
        },
    ),
}


def score(world, seed):
    steps, settings = SETTINGS[world]
    agent = DQN(
        "MlpPolicy",
        make_vec_env(world, n_envs=1, seed=seed),
        policy_kwargs={"net_arch": [256, 256]},
        seed=seed,
        device="cpu",
        **settings,
    )
    began = time.process_time()
    agent.learn(steps)
    seconds = time.process_time() - began
    apart = make_vec_env(world, n_envs=1, seed=seed + 1_000_000)
    mean, _ = evaluate_policy(agent, apart, n_eval_episodes=EPISODES, deterministic=True)
    return {"world": world, "seed": seed, "score": float(mean), "seconds": round(seconds, 1)}


if __name__ == "__main__":
    world, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for seed in range(first, first + count):
        print(json.dumps(score(world, seed)), flush=True)
