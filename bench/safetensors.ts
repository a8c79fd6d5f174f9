/**
 * Writes the network of `test/helpers/safetensors-example.ts` for `bench/peers/check_safetensors.py`.
 *
 *     npx tsx bench/safetensors.ts ours.safetensors
 */

import { writeFileSync } from 'node:fs';
import { toSafetensors } from '../networks/export/network-safetensors.ts';
import { safetensorsExample } from '../test/helpers/safetensors-example.ts';

const [file] = process.argv.slice(2);
writeFileSync(file, toSafetensors(safetensorsExample()));
