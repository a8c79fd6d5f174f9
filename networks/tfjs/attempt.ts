import type { BackendName } from './backend-names.ts';

/** What became of the try to open a backend. */
export interface Attempt {
  readonly name: BackendName;
  readonly isOpen: boolean;
  /** What is at work there; or in one sentence why it is not, and what to do. */
  readonly message: string;
}
