import { expect, test } from 'vitest';
import { networkDigests } from '../helpers/network-digest.ts';

// Of Node 20 on x86-64; Node 22, 24, 26 and Chromium give the same (test/engines.ts, test/browser).
test('1,000 updates leave an MLP, a convnet, an LSTM and others with the same bits everywhere', () => {
  expect(networkDigests()).toEqual({
    MLP: '87007731',
    convnet: '8e0df9f5',
    LSTM: '350cb30',
    'layers of other kinds': '857ca252 26b82105',
  });
});
