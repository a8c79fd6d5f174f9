import type { Box, Discrete } from '../../core/space.ts';
import type { EnvEntry } from '../registry.ts';
import type { DiscretizeObservationOptions } from '../wrappers/discretize-observation.ts';
import { ACROBOT_DEFAULTS, acrobot } from './acrobot.ts';
import { CART_POLE_DEFAULTS, cartPole } from './cart-pole.ts';
import { MOUNTAIN_CAR_DEFAULTS, mountainCar } from './mountain-car.ts';
import {
  MOUNTAIN_CAR_CONTINUOUS_DEFAULTS,
  mountainCarContinuous,
} from './mountain-car-continuous.ts';
import { PENDULUM_DEFAULTS, pendulum } from './pendulum.ts';

/** The control worlds that `make` knows by id, with the types of their observations and actions. */
export interface ControlEnvTypes {
  'CartPole-v0': [Box, Discrete];
  'CartPole-v1': [Box, Discrete];
  'MountainCar-v0': [Box, Discrete];
  'MountainCarContinuous-v0': [Box, Box];
  'Acrobot-v1': [Box, Discrete];
  'Pendulum-v1': [Box, Box];
}

const CART_POLE_CELLS: DiscretizeObservationOptions = {
  bins: [3, 4, 8, 8],
  low: [-2.4, -2.5, -0.21, -2.5],
  high: [2.4, 2.5, 0.21, 2.5],
};

/** The control worlds with their limits and thresholds as Gymnasium 1.4.0 has them. */
export const CONTROL_ENTRIES: readonly EnvEntry[] = [
  {
    id: 'CartPole-v0',
    family: 'control',
    description: 'The cart-pole with episodes of at most 200 steps.',
    source: 'Barto, Sutton & Anderson (1983); Gymnasium 1.4',
    defaults: { ...CART_POLE_DEFAULTS, timeLimit: 200 },
    rewardThreshold: 195,
    discretization: CART_POLE_CELLS,
    create: cartPole,
  },
  {
    id: 'CartPole-v1',
    family: 'control',
    description: 'Keep a pole upright on a cart by pushing the cart left or right.',
    source: 'Barto, Sutton & Anderson (1983); Gymnasium 1.4',
    defaults: CART_POLE_DEFAULTS,
    rewardThreshold: 475,
    discretization: CART_POLE_CELLS,
    create: cartPole,
  },
  {
    id: 'MountainCar-v0',
    family: 'control',
    description: 'Leave a valley with an engine that is weaker than its slope.',
    source: 'Moore (1990); Sutton & Barto (2018), Example 10.1; Gymnasium 1.4',
    defaults: MOUNTAIN_CAR_DEFAULTS,
    rewardThreshold: -110,
    discretization: { bins: [20, 20], low: [-1.2, -0.07], high: [0.6, 0.07] },
    create: mountainCar,
  },
  {
    id: 'MountainCarContinuous-v0',
    family: 'control',
    description: 'Leave the valley with a throttle, and spend little fuel.',
    source: 'Moore (1990); Gymnasium 1.4',
    defaults: MOUNTAIN_CAR_CONTINUOUS_DEFAULTS,
    gymnasium: { arithmetic: 'numpy2' },
    rewardThreshold: 90,
    create: mountainCarContinuous,
  },
  {
    id: 'Acrobot-v1',
    family: 'control',
    description: 'Swing the free end of two hanging links up to a line.',
    source: 'Sutton (1996); Gymnasium 1.4',
    defaults: ACROBOT_DEFAULTS,
    rewardThreshold: -100,
    discretization: {
      bins: [4, 4, 4, 4, 8, 8],
      low: [-1, -1, -1, -1, -4, -8],
      high: [1, 1, 1, 1, 4, 8],
    },
    create: acrobot,
  },
  {
    id: 'Pendulum-v1',
    family: 'control',
    description: 'Swing a rod up and keep it upright with a torque that cannot lift it at once.',
    source: 'Gymnasium 1.4, Pendulum-v1',
    defaults: PENDULUM_DEFAULTS,
    gymnasium: { arithmetic: 'numpy2' },
    rewardThreshold: null,
    create: pendulum,
  },
];
