const MINUS = '−';

/**
 * A number for a table or a cell: `digits` significant ones, no more than needed, a true minus.
 *
 * @param digits At least 1. Default 3.
 */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e6 || size < 1e-4) return sign(value, size.toExponential(digits - 1));
  const whole = Math.floor(Math.log10(size)) + 1;
  const decimals = Math.max(0, digits - whole);
  const text = size.toFixed(decimals);
  return sign(value, decimals > 0 ? text.replace(/\.?0+$/, '') : text);
}

/** A number with a fixed count of decimals, so that a column of them lines up. */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const text = Math.abs(value).toFixed(decimals);
  return sign(Number(text) === 0 ? 0 : value, text);
}

/**
 * A short number for the inside of a cell: `.62`, `−1.20`, `−13.1`, `120`.
 *
 * @param most Decimals at most. Default 2.
 */
export function formatShort(value: number, most = 2): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value);
  const decimals = Math.min(most, size >= 99.5 ? 0 : size >= 9.95 ? 1 : 2);
  const text = size >= 1e5 ? size.toExponential(0) : size.toFixed(decimals);
  return sign(Number(text) === 0 ? 0 : value, text.replace(/^0\./, '.'));
}

/** An integer with thin spaces between groups of three: `12 000`. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** A size in bytes for people: `12 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${formatNumber(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${formatNumber(bytes / 1e6)} MB` : `${formatNumber(bytes / 1e9)} GB`;
}

/** A speed: `1/16×`, `0.5×` as `1/2×`, `4×`. */
export function formatSpeed(speed: number): string {
  if (speed < 1 && Number.isInteger(1 / speed)) return `1/${1 / speed}×`;
  return `${formatNumber(speed)}×`;
}

/** How long ago: `just now`, `5 min ago`, `3 h ago`, `12 d ago`. */
export function formatAge(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

function sign(value: number, text: string): string {
  return value < 0 ? `${MINUS}${text}` : text;
}
