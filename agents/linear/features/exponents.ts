import { checkInteger } from '../../../core/check.ts';
import { checkNumFeatures } from './per-number.ts';

/**
 * All lists of `size` integers from 0 to `order`, one after the other, `[(order + 1)^size × size]`:
 * 0 0, 0 1, …, 1 0, 1 1, ….
 *
 * @throws RangeError if the order is no integer of at least 0, or there are too many of them.
 */
export function integerLists(where: string, order: number, size: number): Int32Array {
  checkInteger(`${where}.order`, order, 0, 1_000_000);
  let count = 1;
  for (let i = 0; i < size; i++) count *= order + 1;
  checkNumFeatures(`${where}.order`, count);
  const lists = new Int32Array(count * size);
  for (let list = 0; list < count; list++) {
    let rest = list;
    for (let i = size - 1; i >= 0; i--) {
      lists[list * size + i] = rest % (order + 1);
      rest = Math.floor(rest / (order + 1));
    }
  }
  return lists;
}
