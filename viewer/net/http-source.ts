import { type ByteSource, bytesSource } from '../../training/zip/byte-source.ts';

const PAGE = 64 * 1024; // bytes fetched at once
const MOST_PAGES = 256; // kept: 16 MiB
const LARGEST_DOWNLOAD = 512 * 1024 * 1024; // bytes, where the server cannot send parts

/** How a file is asked for. */
export interface FetchOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Fetch the whole file at once: for small files that are being rewritten. */
  readonly whole?: boolean;
}

/**
 * The bytes of a file at an address, fetched in parts as they are read where the server can send
 * parts (HTTP Range), else all at once.
 *
 * @throws Error if the file cannot be fetched; says why in words for people.
 */
export async function httpSource(url: string, options: FetchOptions = {}): Promise<ByteSource> {
  if (options.whole) return bytesSource(await readAll(await request(url, options)));
  const response = await request(url, options, `bytes=0-${PAGE - 1}`);
  const size = totalSize(response.headers.get('content-range'));
  if (response.status !== 206 || size === null) return bytesSource(await readAll(response));
  const first = new Uint8Array(await response.arrayBuffer());
  if (first.length >= size) return bytesSource(first);
  return new PagedSource(url, options, size, first, response.headers.get('etag'));
}

/** The size of the whole file, as `Content-Range: bytes 0-99/1234` tells it. */
export function totalSize(contentRange: string | null): number | null {
  const match = /^bytes \d+-\d+\/(\d{1,15})$/.exec(contentRange ?? '');
  return match ? Number(match[1]) : null;
}

/** The pages of `page` bytes that hold bytes `start` to `end`: the first, and one past the last. */
export function pagesOf(start: number, end: number, page: number): readonly [number, number] {
  const first = Math.floor(start / page);
  return [first, Math.max(first, Math.ceil(end / page))];
}

class PagedSource implements ByteSource {
  readonly size: number;
  readonly #url: string;
  readonly #options: FetchOptions;
  readonly #etag: string | null;
  readonly #pages = new Map<number, Promise<Uint8Array>>();

  constructor(
    url: string,
    options: FetchOptions,
    size: number,
    first: Uint8Array,
    etag: string | null,
  ) {
    this.#url = url;
    this.#options = options;
    this.size = size;
    this.#etag = etag;
    this.#pages.set(0, Promise.resolve(first));
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const result = new Uint8Array(end - start);
    const [first, past] = pagesOf(start, end, PAGE);
    const pages = await Promise.all(
      Array.from({ length: past - first }, (_, i) => this.#page(first + i)),
    );
    pages.forEach((bytes, i) => {
      const place = (first + i) * PAGE - start; // of the page's first byte in the result
      const part = bytes.subarray(Math.max(0, -place), Math.max(0, result.length - place));
      result.set(part, Math.max(0, place));
    });
    return result;
  }

  #page(index: number): Promise<Uint8Array> {
    const known = this.#pages.get(index);
    if (known !== undefined) {
      this.#pages.delete(index); // the most recently used stay longest
      this.#pages.set(index, known);
      return known;
    }
    const page = this.#fetch(index);
    page.catch(() => this.#pages.delete(index));
    this.#pages.set(index, page);
    if (this.#pages.size > MOST_PAGES) {
      for (const oldest of this.#pages.keys()) {
        this.#pages.delete(oldest);
        break;
      }
    }
    return page;
  }

  async #fetch(index: number): Promise<Uint8Array> {
    const end = Math.min(this.size, (index + 1) * PAGE) - 1;
    const response = await request(this.#url, this.#options, `bytes=${index * PAGE}-${end}`);
    const changed = response.headers.get('etag') !== this.#etag;
    if (response.status !== 206 || changed) {
      throw new Error('The recording has changed while it was being read. Open it again.');
    }
    return new Uint8Array(await response.arrayBuffer());
  }
}

async function request(url: string, options: FetchOptions, range?: string): Promise<Response> {
  const headers = { ...options.headers, ...(range ? { Range: range } : {}) };
  let response: Response;
  try {
    response = await fetch(url, { headers, cache: options.whole ? 'no-store' : 'default' });
  } catch (error) {
    const where = new URL(url, document.baseURI).host;
    throw new Error(`${where} cannot be reached, or does not let this page read from it.`, {
      cause: error,
    });
  }
  if (response.ok) return response;
  throw new Error(reason(response.status));
}

function reason(status: number): string {
  if (status === 404) return 'There is no such file (404).';
  if (status === 401 || status === 403) {
    return `The server wants its token (${status}). Open the address that it printed.`;
  }
  return `The server answered with an error (${status}).`;
}

async function readAll(response: Response): Promise<Uint8Array> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > LARGEST_DOWNLOAD) {
    throw new Error('The file is too large for a server that cannot send parts of it.');
  }
  return new Uint8Array(await response.arrayBuffer());
}
