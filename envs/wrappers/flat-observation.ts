import { type AnyBox, type BoxDtype, box, type Space } from '../../core/space.ts';
import { partsOf } from '../../core/spaces/composite.ts';
import { flatSize, flattenSpace } from '../../core/spaces/flat-space.ts';
import { requireModest } from './requirements.ts';
import type { InnerWorld } from './wrapper.ts';

/**
 * The space of flat observations, of the element type of their parts if they have one in common.
 *
 * @param space Of one length: what is to be shown flat.
 * @throws RangeError if there are too many numbers.
 */
export function flatObservationSpace(wrapper: string, world: InnerWorld, space: Space): AnyBox {
  requireModest(wrapper, world, flatSize(space));
  const { low, high } = flattenSpace(space);
  const [dtype, ...others] = new Set(dtypesOf(space));
  return box(low, high, { dtype: others.length === 0 ? dtype : 'float32' }) as AnyBox;
}

function dtypesOf(space: Space): BoxDtype[] {
  switch (space.kind) {
    case 'box':
      return [space.dtype];
    case 'discrete':
    case 'multi-discrete':
    case 'text':
      return ['int32'];
    case 'multi-binary':
      return ['uint8'];
    case 'dict':
    case 'tuple':
      return partsOf(space).flatMap(dtypesOf);
    default:
      return ['float32'];
  }
}
