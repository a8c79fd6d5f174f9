/** Name of the entry that says what the recording is; the first one. */
export const MANIFEST_ENTRY = 'manifest.json';

/** Name of the entry with the table of contents; the last one. */
export const INDEX_ENTRY = 'index.json';

/** What stands before the names of all entries of an episode. */
export function episodePrefix(episode: number): string {
  return `ep/${String(episode).padStart(6, '0')}/`;
}

/** Name of the entry with what is known when the episode begins. */
export function metaEntry(episode: number): string {
  return `${episodePrefix(episode)}meta.json`;
}

/** Name of the entry with what is known when the episode has ended. */
export function endEntry(episode: number): string {
  return `${episodePrefix(episode)}end.json`;
}

/** Name of the entry with the steps of a block. */
export function blockEntry(episode: number, block: number): string {
  return `${episodePrefix(episode)}b${String(block).padStart(4, '0')}.bin`;
}

/** The episode that an entry belongs to; `null` for the others. */
export function episodeOf(name: string): number | null {
  const match = /^ep\/(\d{6,12})\//.exec(name);
  if (match === null) return null;
  const episode = Number(match[1]);
  return name.startsWith(episodePrefix(episode)) ? episode : null;
}
