import type { Action, Inner, InnerWorld } from './wrapper.ts';

/** Tells whether an action that was legal some steps ago still is. */
export function legalityOf({ actionSpace, masked }: InnerWorld): LegalityCheck {
  if (!masked || actionSpace.kind !== 'discrete') return () => true;
  const mask = new Uint8Array(actionSpace.n);
  return (inner, action) => {
    inner.actionMask(mask);
    return mask[action as number] === 1;
  };
}

/** Whether `action`, counted from 0, is legal now. */
export type LegalityCheck = (inner: Inner, action: Action) => boolean;
