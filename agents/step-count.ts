import { checkSavedHeader, type SavedData, savedCount, savedHeader } from '../core/saved.ts';

/** Environment steps that an agent has learned from; schedules run over them. */
export class StepCount {
  /** An integer of at least 0. */
  value = 0;

  snapshot(): SavedData {
    return { ...savedHeader('step-count', 1), value: this.value };
  }

  restore(saved: SavedData): void {
    checkSavedHeader('StepCount.restore', saved, 'step-count', 1);
    this.value = savedCount('StepCount.restore', saved, 'value');
  }
}
