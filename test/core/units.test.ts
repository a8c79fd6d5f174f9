import { expect, test } from 'vitest';
import { box } from '../../core/space.ts';
import { spaceFromJson, spaceToJson } from '../../core/spaces/json.ts';
import { countedFromZero } from '../../core/spaces/rows.ts';
import { envEntries, makeDynamics } from '../../envs/registry.ts';

const pendulum = box([-1, -8], [1, 8], { labels: ['sine', 'speed'], units: ['', 'rad/s'] });

test('a box says the unit of each element', () => {
  expect(pendulum.units).toEqual(['', 'rad/s']);
});

test('a box without units has none', () => {
  expect('units' in box([0], [1], ['position'])).toBe(false);
});

test('there is a unit for each element, or none', () => {
  expect(() => box([0, 0], [1, 1], { units: ['m'] })).toThrow(
    'box: units must be none or 2, got 1.',
  );
});

test('units are copied, and travel as JSON', () => {
  const units = ['m'];
  const space = box([0], [1], { units });
  units[0] = 'km';
  expect(space.units).toEqual(['m']);
  expect(spaceFromJson(JSON.parse(JSON.stringify(spaceToJson(pendulum))))).toEqual(pendulum);
  expect(countedFromZero(pendulum)).toEqual(pendulum);
});

test('every world of classic control says its units', () => {
  for (const { id, family } of envEntries()) {
    if (family !== 'control') continue;
    const { observationSpace } = makeDynamics(id);
    const units = 'units' in observationSpace ? observationSpace.units : undefined;
    expect(units, id).toContain(/MountainCar/.test(id) ? 'm/step' : 'rad/s');
  }
});
