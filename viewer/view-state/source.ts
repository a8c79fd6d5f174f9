/** Where a recording is fetched from. */
export type Source =
  /** A file under the root that the viewer's server serves. */
  | { readonly kind: 'served'; readonly path: string }
  /** A file at an address, or beside the application. */
  | { readonly kind: 'url'; readonly url: string }
  /** A file that was dropped into the page; it does not outlive it. */
  | { readonly kind: 'dropped'; readonly name: string };

/**
 * What `?src=` stands for.
 *
 * @param served Whether the viewer's server is there: then a plain path is one of its files, else a
 *   file beside the application.
 * @param base Address of the application.
 * @returns `null` for what may not be opened: other schemes than http and https.
 */
export function parseSource(src: string, served: boolean, base: string): Source | null {
  if (src === '' || src.length > 4096) return null;
  if (src.startsWith('dropped:')) return { kind: 'dropped', name: src.slice('dropped:'.length) };
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(src) || src.startsWith('//');
  if (served && !absolute) return { kind: 'served', path: src.replace(/^\.?\/+/, '') };
  try {
    const url = new URL(src, base);
    return url.protocol === 'https:' || url.protocol === 'http:'
      ? { kind: 'url', url: url.href }
      : null;
  } catch {
    return null;
  }
}

/** The `src` of the address' query; `null` when there is none. */
export function readSrc(search: string): string | null {
  return new URLSearchParams(search).get('src');
}

/** The query with another `src`, everything else kept; `''` when nothing is left. */
export function writeSrc(search: string, src: string | null): string {
  const query = new URLSearchParams(search);
  if (src === null) query.delete('src');
  else query.set('src', src);
  const text = query.toString().replace(/%2F/g, '/').replace(/%3A/g, ':');
  return text === '' ? '' : `?${text}`;
}

/** The address of a served file, each part of its path escaped. */
export function servedAddress(path: string): string {
  return `api/file/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** The last part of a path or address, without its ending: what a recording is called. */
export function sourceTitle(src: string): string {
  const plain = src.replace(/^dropped:/, '').replace(/[?#].*$/, '');
  const name = plain.split('/').pop() ?? plain;
  return name.replace(/\.rlrec$/, '') || src;
}
