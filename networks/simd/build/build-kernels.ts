/** Compiles the kernels into modules that need no loader: `npm run build:kernels`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** What each build may use of WebAssembly. */
export const BUILDS = { portable: ['simd'], fast: ['simd', 'relaxed-simd'] } as const;

/** Where the module of a build is written. */
export function generatedFile(build: keyof typeof BUILDS): string {
  return join(FOLDER, 'generated', `${build}.ts`);
}

/**
 * The module of a build, as text.
 *
 * @throws Error with what the compiler says if a kernel is wrong.
 */
export async function generatedText(build: keyof typeof BUILDS): Promise<string> {
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await main(
    [
      relative(ROOT, join(FOLDER, 'assembly', 'index.ts')),
      ...['--baseDir', ROOT, '--outFile', 'kernels.wasm'],
      ...BUILDS[build].flatMap((feature) => ['--enable', feature]),
      ...['--runtime', 'stub', '--noAssert', '-O3', '--importMemory', '--zeroFilledMemory'],
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) bytes = contents as Uint8Array;
      },
    },
  );
  if (error !== null || bytes === undefined) throw new Error(`build-kernels: ${error}\n${stderr}`);
  return `// Made by \`npm run build:kernels\` from networks/simd/assembly.

/** The kernels, ${build}: a WebAssembly module in base64. */
export const KERNELS: string =
  '${Buffer.from(bytes).toString('base64')}';
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(join(FOLDER, 'generated'), { recursive: true });
  for (const build of ['portable', 'fast'] as const) {
    writeFileSync(generatedFile(build), await generatedText(build));
  }
}
