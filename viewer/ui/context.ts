import { type Context, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Actions } from '../app/actions.ts';
import type { Store } from '../app/store.ts';

/** What every component can reach. */
export interface Viewer {
  readonly store: Store;
  readonly actions: Actions;
}

/** Hands the viewer to the components below. */
export const ViewerContext: Context<Viewer | null> = createContext<Viewer | null>(null);

/** The viewer that a component belongs to. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === null) throw new Error('useViewer: the component must be inside a ViewerContext.');
  return viewer;
}
