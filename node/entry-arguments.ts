import { fileURLToPath } from 'node:url';

/**
 * What Node has to be told to run another file of ours in a process of its own: compiled, or TypeScript.
 *
 * @param base `import.meta.url` of the caller.
 * @param name Of the file, beside the caller and without its ending, such as `./probe-entry`.
 */
export function entryArguments(base: string, name: string): string[] {
  const isSource = base.endsWith('.ts');
  const path = fileURLToPath(new URL(`${name}.${isSource ? 'ts' : 'js'}`, base));
  const { features } = process as { features: { typescript?: unknown } };
  // Without Node's own support there is tsx, which only the sources' users have.
  return isSource && !features.typescript
    ? [`--import=${import.meta.resolve('tsx')}`, path]
    : [path];
}
