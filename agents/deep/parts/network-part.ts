import type { Network } from '../../../networks/network.ts';
import { restoreNetwork, saveNetwork } from '../../../networks/saved/saved-network.ts';
import type { SavedPart } from '../../saved-parts.ts';

/** A network that does not learn by itself, such as a target network, as a part of what is saved. */
export function networkPart(network: Network): SavedPart {
  return {
    snapshot: () => saveNetwork(network),
    restore: (saved) => restoreNetwork(network, saved),
  };
}
