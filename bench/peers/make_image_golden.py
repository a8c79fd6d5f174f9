"""Records what Gymnasium and OpenCV make of images in test/golden/images.json.

Run from the repository's root (pip install gymnasium==1.4.0 "opencv-python-headless<5"):

    python bench/peers/make_image_golden.py

Images are not stored but computed, byte i of image s as ((31 i i + 17 i + 101 s) mod 65521) mod 256;
of what becomes of them the CRC-32 is stored, and the first bytes.
"""

import json
import pathlib
import zlib

import cv2
import gymnasium
import numpy as np
from gymnasium.utils import seeding
from gymnasium.wrappers import AtariPreprocessing, GrayscaleObservation, ResizeObservation

OUT = pathlib.Path(__file__).resolve().parents[2] / 'test' / 'golden' / 'images.json'


def image(seed, *shape):
    i = np.arange(np.prod(shape), dtype=np.int64)
    return (((31 * i * i + 17 * i + 101 * seed) % 65521) % 256).astype(np.uint8).reshape(shape)


def digest(array):
    array = np.ascontiguousarray(array)
    return {'crc32': zlib.crc32(array.tobytes()), 'first': [float(x) for x in array.ravel()[:8]]}


class OneImage(gymnasium.Env):
    """Shows one image for ever."""

    action_space = gymnasium.spaces.Discrete(1)

    def __init__(self, shown):
        self.shown = shown
        self.observation_space = gymnasium.spaces.Box(0, 255, shown.shape, np.uint8)

    def reset(self, *, seed=None, options=None):
        return self.shown, {}


# Old height and width, new height and width.
SIZES = [
    *[(210, 160, 84, 84), (250, 160, 84, 84), (160, 160, 80, 80), (210, 160, 70, 40), (96, 96, 64, 48)],
    *[(84, 84, 84, 84), (10, 10, 84, 84), (64, 64, 84, 84), (100, 50, 84, 84), (50, 100, 84, 84)],
    *[(7, 5, 3, 2), (7, 5, 3, 5), (7, 5, 1, 1), (5, 7, 11, 3), (2, 2, 1, 1), (3, 3, 1, 1), (1, 1, 5, 4)],
    *[(20, 30, 10, 10), (21, 16, 42, 32), (59, 31, 17, 29), (31, 59, 29, 58), (43, 19, 50, 7)],
    *[(54, 13, 30, 16), (48, 25, 34, 35), (39, 16, 15, 41), (5, 6, 29, 34)],
    (5003, 1, 4001, 1),  # shares of less than 1/1000 of a pixel
]


def resizes():
    for seed, (height, width, new_height, new_width) in enumerate(SIZES):
        for channels in (1, 2, 3):
            shape = (height, width) if channels == 1 else (height, width, channels)
            env = ResizeObservation(OneImage(image(seed, *shape)), (new_height, new_width))
            sizes = {'from': [height, width, channels], 'to': [new_height, new_width]}
            yield {'seed': seed, **sizes, **digest(env.reset()[0])}


def grays():
    for seed in range(3):
        env = GrayscaleObservation(OneImage(image(seed, 64, 64, 3)))
        yield {'seed': seed, 'shape': [64, 64, 3], **digest(env.reset()[0])}


class Dodge(gymnasium.Env):
    """test/helpers/dodge.ts, with as much of an emulator's interface as the wrapper asks for."""

    HEIGHT, WIDTH = 42, 32
    action_space = gymnasium.spaces.Discrete(3)
    observation_space = gymnasium.spaces.Box(0, 255, (HEIGHT, WIDTH, 3), np.uint8)
    _frameskip = 1

    def __init__(self, limit=None):
        self.limit = limit
        self.ale = self
        self.resets = 0

    def get_action_meanings(self):
        return ['NOOP', 'LEFT', 'RIGHT']

    def lives(self):
        return self.left

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.resets += 1
        self.x, self.row, self.time, self.left = 16, 0, 0, 2
        self.column = int(self.np_random.integers(self.WIDTH))
        return self.screen(), {}

    def step(self, action):
        self.x = min(max(self.x + (0, -2, 2)[action], 0), self.WIDTH - 1)
        self.row += 7
        self.time += 1
        reward = 0
        if self.row >= self.HEIGHT:
            if abs(self.column - self.x) <= 8:
                self.left -= 1
            else:
                reward = 1
            self.row, self.column = 0, (5 * self.column + 7) % self.WIDTH
        terminated = self.left == 0
        truncated = not terminated and self.limit is not None and self.time >= self.limit
        return self.screen(), reward, terminated, truncated, {}

    def screen(self):
        rows, columns = np.indices((self.HEIGHT, self.WIDTH))
        pixels = np.empty((self.HEIGHT, self.WIDTH, 3), np.int64)
        pixels[..., 0] = 5 * rows + self.time
        pixels[..., 1] = 7 * columns + 40 * self.left
        pixels[..., 2] = 3 * self.time
        pixels %= 256
        if self.time % 2 == 0:
            pixels[-3:, max(self.x - 2, 0) : self.x + 3] = (200, 72, 72)
        else:
            pixels[self.row : self.row + 3, max(self.column - 1, 0) : self.column + 2] = (236, 236, 30)
        return pixels.astype(np.uint8)

    def getScreenRGB(self, buffer):
        buffer[...] = self.screen()

    def getScreenGrayscale(self, buffer):
        # As the Arcade Learning Environment has it: compared with ale-py 0.12.1 on all colors of seven games.
        buffer[...] = np.floor(self.screen() @ np.array([0.2989, 0.587, 0.114]) + 0.5)


# Options here, options there, frames after which the game is truncated.
GAMES = [
    ({}, {}, None),
    ({'noopMax': 12, 'terminalOnLifeLoss': True, 'screenSize': [20, 24]},
     {'noop_max': 12, 'terminal_on_life_loss': True, 'screen_size': (20, 24)}, None),
    ({'noopMax': 0, 'frameSkip': 1, 'grayscale': False, 'screenSize': 30},
     {'noop_max': 0, 'frame_skip': 1, 'grayscale_obs': False, 'screen_size': 30}, None),
    ({'noopMax': 5, 'frameSkip': 2, 'scale': True, 'keepChannel': True, 'screenSize': [16, 21]},
     {'noop_max': 5, 'frame_skip': 2, 'scale_obs': True, 'grayscale_newaxis': True, 'screen_size': (16, 21)}, None),
    ({'noopMax': 0, 'frameSkip': 3, 'grayscale': False, 'terminalOnLifeLoss': True},
     {'noop_max': 0, 'frame_skip': 3, 'grayscale_obs': False, 'terminal_on_life_loss': True}, 17),
    ({'noopMax': 0, 'frameSkip': 4, 'screenSize': [20, 24]},
     {'noop_max': 0, 'frame_skip': 4, 'screen_size': (20, 24)}, 18),
]


def games():
    restarted = 0
    for seed, (ours, theirs, limit) in enumerate(GAMES):
        game = Dodge(limit)
        game.np_random = seeding.np_random(seed)[0]
        env = AtariPreprocessing(game, **theirs)
        steps, begun = [], 1
        start = digest(env.reset()[0])
        for t in range(80):
            action = (t * t // 3 + seed) % 3
            observation, reward, terminated, truncated, _ = env.step(action)
            step = {'action': action, 'reward': reward, 'terminated': terminated, 'truncated': truncated}
            step['crc32'] = zlib.crc32(np.ascontiguousarray(observation).tobytes())
            if terminated or truncated:
                step['next'] = zlib.crc32(np.ascontiguousarray(env.reset()[0]).tobytes())
                begun += 1
            steps.append(step)
        restarted += game.resets - begun
        shape = list(env.observation_space.shape)
        yield {'seed': seed, 'options': ours, 'limit': limit, 'shape': shape, 'start': start, 'steps': steps}
    assert restarted > 0, 'no game ended during its no-ops'


if __name__ == '__main__':
    versions = {'gymnasium': gymnasium.__version__, 'opencv': cv2.__version__, 'numpy': np.__version__}
    data = {'versions': versions, 'resizes': list(resizes()), 'grays': list(grays()), 'games': list(games())}
    OUT.write_text(json.dumps(data, separators=(',', ':')) + '\n')
