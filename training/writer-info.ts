/** Name and version of this program, as its files carry them; a test keeps it with package.json. */
export const WRITER = { name: 'palaestra', version: '0.1.0' } as const;
