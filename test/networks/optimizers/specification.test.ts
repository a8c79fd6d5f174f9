import { describe, expect, test } from 'vitest';
import { adadelta } from '../../../networks/optimizers/adadelta.ts';
import { adagrad } from '../../../networks/optimizers/adagrad.ts';
import { adam, adamW, amsgrad } from '../../../networks/optimizers/adam.ts';
import type { AnyOptimizer } from '../../../networks/optimizers/definition.ts';
import { radam } from '../../../networks/optimizers/radam.ts';
import { rmsprop } from '../../../networks/optimizers/rmsprop.ts';
import { momentum, nesterov, sgd } from '../../../networks/optimizers/sgd.ts';
import {
  OPTIMIZER_KINDS,
  optimizerDefinition,
  resolveOptimizer,
} from '../../../networks/optimizers/specification.ts';

const FACTORIES: Readonly<Record<string, (options?: object) => AnyOptimizer>> = {
  sgd,
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  adadelta,
  adam,
  amsgrad,
  adamW,
  radam,
};

test('there is a factory for each kind, of its name', () => {
  expect(Object.keys(FACTORIES)).toEqual(OPTIMIZER_KINDS);
  for (const [kind, make] of Object.entries(FACTORIES)) expect(make().kind).toBe(kind);
});

test.each(OPTIMIZER_KINDS)('%s is JSON, and complete', (kind) => {
  const optimizer = FACTORIES[kind]();
  expect(JSON.parse(JSON.stringify(optimizer))).toEqual(optimizer);
  expect(resolveOptimizer({ kind })).toEqual(optimizer);
  expect(resolveOptimizer(optimizer)).toEqual(optimizer);
});

test("defaults are PyTorch's", () => {
  const common = { clip: null, l1: 0, l2: 0 };
  expect(sgd()).toEqual({ kind: 'sgd', learningRate: 1e-3, ...common });
  expect(momentum()).toEqual({ ...sgd(), kind: 'momentum', momentum: 0.9 });
  expect(nesterov()).toEqual({ ...sgd(), kind: 'nesterov', momentum: 0.9 });
  const adagradNumbers = { learningRate: 1e-2, epsilon: 1e-10, initialSquare: 0 };
  expect(adagrad()).toEqual({ kind: 'adagrad', ...common, ...adagradNumbers });
  const rmspropNumbers = { learningRate: 1e-2, decay: 0.99, epsilon: 1e-8, momentum: 0 };
  const rmspropRest = { epsilonInside: false, centered: false, initialSquare: 0 };
  expect(rmsprop()).toEqual({ kind: 'rmsprop', ...common, ...rmspropNumbers, ...rmspropRest });
  const adadeltaNumbers = { learningRate: 1, decay: 0.9, epsilon: 1e-6 };
  expect(adadelta()).toEqual({ kind: 'adadelta', ...common, ...adadeltaNumbers });
  const decays = { meanDecay: 0.9, squareDecay: 0.999 };
  expect(adam()).toEqual({ kind: 'adam', learningRate: 1e-3, ...common, ...decays, epsilon: 1e-8 });
  expect(amsgrad()).toEqual({ ...adam(), kind: 'amsgrad' });
  expect(radam()).toEqual({ ...adam(), kind: 'radam' });
  expect(adamW()).toEqual({ ...adam(), kind: 'adamW', weightDecay: 0.01 });
});

test('state slots have names', () => {
  const names = (optimizer: AnyOptimizer) =>
    optimizerDefinition(optimizer)
      .slots(optimizer)
      .map(({ name }) => name);
  expect(names(sgd())).toEqual([]);
  expect(names(nesterov())).toEqual(['velocities']);
  expect(names(rmsprop())).toEqual(['squares']);
  expect(names(rmsprop({ momentum: 0.5, centered: true }))).toEqual([
    'squares',
    'means',
    'velocities',
  ]);
  expect(names(adadelta())).toEqual(['squares', 'changes']);
  expect(names(amsgrad())).toEqual(['means', 'squares', 'largest']);
});

describe('an optimizer is refused', () => {
  test.each([
    ['sgd', { learningRat: 1 }, 'sgd: unknown option "learningRat". Did you mean "learningRate"?'],
    ['sgd', { momentum: 0.9 }, 'sgd: unknown option "momentum".'],
    ['sgd', { learningRate: -1 }, 'sgd: learningRate must be between 0 and'],
    ['sgd', { learningRate: Number.NaN }, 'sgd: learningRate must be between 0 and'],
    ['sgd', { learningRate: { kind: 'linear', from: 1, to: 0 } }, 'sgd: learningRate.steps must'],
    ['sgd', { l1: -1 }, 'sgd: l1 must be between 0 and'],
    ['adam', { l2: Number.POSITIVE_INFINITY }, 'adam: l2 must be between 0 and'],
    ['adam', { clip: { nrom: 1 } }, 'adam: clip must be null or have one of value, norm,'],
    [
      'adam',
      { clip: {} },
      'adam: clip must be null or have one of value, norm, globalNorm, got an',
    ],
    ['adam', { clip: 3 }, 'adam: clip must be null or have one of value, norm, globalNorm, got 3.'],
    ['adam', { clip: { norm: 1, value: 2 } }, 'globalNorm, got norm, value.'],
    ['adam', { clip: { norm: 0 } }, 'adam: clip.norm must be a finite number above 0, got 0.'],
    ['momentum', { momentum: 1 }, 'momentum: momentum must be at least 0 and below 1, got 1.'],
    [
      'nesterov',
      { momentum: -0.1 },
      'nesterov: momentum must be at least 0 and below 1, got -0.1.',
    ],
    ['adagrad', { epsilon: 0 }, 'adagrad: epsilon must be a finite number above 0, got 0.'],
    ['adagrad', { initialSquare: -1 }, 'adagrad: initialSquare must be between 0 and'],
    ['rmsprop', { decay: 1 }, 'rmsprop: decay must be at least 0 and below 1, got 1.'],
    ['rmsprop', { epsilon: -1 }, 'rmsprop: epsilon must be a finite number above 0, got -1.'],
    ['rmsprop', { momentum: 2 }, 'rmsprop: momentum must be at least 0 and below 1, got 2.'],
    ['rmsprop', { initialSquare: -2 }, 'rmsprop: initialSquare must be between 0 and'],
    ['rmsprop', { centered: 1 }, 'rmsprop: centered must be true or false, got 1.'],
    ['adadelta', { decay: '0.5' }, 'adadelta: decay must be at least 0 and below 1, got "0.5".'],
    ['adadelta', { epsilon: 0 }, 'adadelta: epsilon must be a finite number above 0, got 0.'],
    ['adam', { meanDecay: 1 }, 'adam: meanDecay must be at least 0 and below 1, got 1.'],
    ['radam', { squareDecay: 1 }, 'radam: squareDecay must be at least 0 and below 1, got 1.'],
    ['amsgrad', { epsilon: 0 }, 'amsgrad: epsilon must be a finite number above 0, got 0.'],
    ['adam', { weightDecay: 0.1 }, 'adam: unknown option "weightDecay".'],
    ['adamW', { weightDecay: -1 }, 'adamW: weightDecay must be between 0 and'],
  ])('%s(%j)', (kind, options, message) => {
    expect(() => FACTORIES[kind](options)).toThrow(message);
    expect(() => resolveOptimizer({ kind, ...options })).toThrow(message);
  });

  test('of an unknown kind', () => {
    expect(() => resolveOptimizer({ kind: 'adamm' })).toThrow(
      'optimizer: there is no optimizer of kind "adamm". Did you mean "adam"? Kinds: sgd,',
    );
    expect(() => resolveOptimizer(null as never)).toThrow('expected an optimizer, got null.');
  });
});
