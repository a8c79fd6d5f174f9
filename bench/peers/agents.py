"""Deep agents of Stable-Baselines3, to be timed beside ours.

    python3 bench/peers/agents.py speed dqn 20000 0     # environment steps per second
    python3 bench/peers/agents.py solve ppo 500000 3    # seconds until CartPole is solved, for a seed

Needs: pip install stable-baselines3 (and torch, which runs on one thread here). Prints one JSON object.
The settings are those of bench/agents.ts: CleanRL's for DQN and PPO on CartPole-v1, and SAC with two
layers of 256 on Pendulum-v1. To solve CartPole, DQN learns more often, and explores less.
"""

import json
import sys
import time

import numpy as np
import torch
from stable_baselines3 import DQN, PPO, SAC
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.env_util import make_vec_env

torch.set_num_threads(1)

WINDOW = 100  # episodes
SOLVED = 475


def dqn_settings(mode, steps):
    if mode == "speed":
        return {
            "buffer_size": 10_000,
            "train_freq": 10,
            "exploration_fraction": 1.0,
            "exploration_final_eps": 0.05,
        }
    return {
        "buffer_size": 50_000,
        "train_freq": 4,
        "exploration_fraction": 20_000 / steps,
        "exploration_final_eps": 0.01,
    }


def create(mode, name, steps, seed):
    if name == "dqn":
        return DQN(
            "MlpPolicy",
            make_vec_env("CartPole-v1", n_envs=1, seed=seed),
            learning_rate=2.5e-4,
            learning_starts=1000,
            batch_size=128,
            gradient_steps=1,
            target_update_interval=500,
            **dqn_settings(mode, steps),
            policy_kwargs={"net_arch": [120, 84]},
            seed=seed,
            device="cpu",
        )
    if name == "ppo":
        return PPO(
            "MlpPolicy",
            make_vec_env("CartPole-v1", n_envs=4, seed=seed),
            learning_rate=2.5e-4,
            n_steps=128,
            batch_size=128,
            n_epochs=4,
            gamma=0.99,
            gae_lambda=0.95,
            clip_range=0.2,
            clip_range_vf=0.2,
            ent_coef=0.01,
            vf_coef=0.5,
            max_grad_norm=0.5,
            seed=seed,
            device="cpu",
        )
    return SAC(
        "MlpPolicy",
        make_vec_env("Pendulum-v1", n_envs=1, seed=seed),
        learning_rate=3e-4,
        buffer_size=100_000,
        learning_starts=100,
        batch_size=256,
        policy_kwargs={"net_arch": [256, 256]},
        seed=seed,
        device="cpu",
    )


class Watch(BaseCallback):
    """Notes when the mean return of the last hundred episodes of training first reaches 475."""

    def __init__(self):
        super().__init__()
        self.returns = []
        self.solved_at = None

    def _on_step(self):
        for info in self.locals["infos"]:
            if "episode" in info:
                self.returns.append(info["episode"]["r"])
        if len(self.returns) >= WINDOW and np.mean(self.returns[-WINDOW:]) >= SOLVED:
            self.solved_at = self.num_timesteps
            return False
        return True


def main():
    mode, name, steps, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    model = create(mode, name, steps, seed)
    watch = Watch()
    began = time.process_time()
    model.learn(steps, callback=watch if mode == "solve" else None)
    seconds = time.process_time() - began
    if mode == "speed":
        print(json.dumps({"steps_per_second": model.num_timesteps / seconds}))
    else:
        print(json.dumps({"seconds": seconds, "steps": watch.solved_at}))


main()
