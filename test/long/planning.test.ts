import { finiteWorlds, testOptimalValues } from '../helpers/registry-values.ts';

const MOST_OUTCOMES = 20_000; // the smaller worlds are in test/agents/planning
const SLOW_OUTCOMES = 1_000_000; // Jack's, where any state can follow any other

const large = finiteWorlds().filter(({ model }) => model.nextState.length > MOST_OUTCOMES);

testOptimalValues(large, [0.9], (method, model) => {
  return model.nextState.length > SLOW_OUTCOMES && /asynchronous|prioritized/.test(method);
});
testOptimalValues(
  large.filter(({ model }) => model.nextState.length < SLOW_OUTCOMES),
  [0.99, 1],
);
