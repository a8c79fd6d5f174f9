import { expect, test } from 'vitest';
import { networkDigests } from '../helpers/network-digest.ts';

// Of Node 20 on x86-64; Node 22, 24, 26 and Chromium give the same (test/engines.ts, test/browser).
test('1,000 updates leave an MLP, a convnet and an LSTM with the same bits everywhere', () => {
  expect(networkDigests()).toEqual({
    MLP: 'b5669822 f089b0a7',
    convnet: '93ad6416 a6b318bb',
    LSTM: '7334199c a9450d31',
  });
});
