import { parseEngine } from '../../networks/choose-engine.ts';
import { prepareSimd } from '../prepare-simd.ts';
import { importFrom } from './import-from.ts';
import { type EngineReport, probeEngine } from './probe-engine.ts';

// The program of the process that tries one engine: engine, folder, budget.
const [engine, folder, budget] = process.argv.slice(2);
const name = parseEngine('engine', engine) as EngineReport['engine'];
prepareSimd();
const report = await probeEngine(name, importFrom(folder), Number(budget));
process.send?.(report, () => process.exit(0)); // a GPU would keep the process alive
