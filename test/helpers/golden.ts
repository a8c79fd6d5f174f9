import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The parsed contents of a gzipped JSON file in `test/golden`. */
export function readGolden<T>(name: string): T {
  const file = new URL(`../golden/${name}`, import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as T;
}
