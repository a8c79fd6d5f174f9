import type { Backend } from '../../networks/tfjs/backend.ts';
import type { BackendName } from '../../networks/tfjs/backend-names.ts';
import { openBackend } from '../../networks/tfjs/open-backend.ts';
import { importFrom } from '../../node/doctor/import-from.ts';

/**
 * TensorFlow.js in plain JavaScript, or on the backend that `PALAESTRA_TFJS` names; packages are looked
 * for in the folder `PALAESTRA_TFJS_FROM` first.
 */
export async function testBackend(): Promise<Backend> {
  const name = (process.env.PALAESTRA_TFJS ?? 'cpu') as BackendName;
  const importer = importFrom(process.env.PALAESTRA_TFJS_FROM ?? '.');
  const { backend } = await openBackend({ backend: name, importer });
  return backend;
}
