/**
 * Headers of every answer: what the page may load, and who may use what we send.
 *
 * @param authority The page's own `host:port`, checked before; the live socket is at `ws://` of it.
 */
export function securityHeaders(authority: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(authority),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Isolated from other pages, this one may share memory with its workers.
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Referrer-Policy': 'no-referrer',
  };
}

function contentSecurityPolicy(authority: string): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'", // the kernels of networks; no other code from text
    "img-src 'self' blob: data:",
    "worker-src 'self' blob:",
    "style-src 'self'",
    `connect-src 'self' ws://${authority}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
