/** The value of an attribute: numbers are written with two decimals at most. */
export type SvgValue = string | number;

/**
 * An SVG element as text.
 *
 * @param children Elements, already text; use `escapeText` for words.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, SvgValue>>,
  ...children: readonly string[]
): string {
  const words = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escapeText(value)}"`,
  );
  const head = `<${name}${words.join('')}`;
  return children.length === 0 ? `${head}/>` : `${head}>${children.join('')}</${name}>`;
}

/** Words, at a place. */
export function text(words: string, attributes: Readonly<Record<string, SvgValue>>): string {
  return element('text', attributes, escapeText(words));
}

/** Words as they must stand between tags and in attributes. */
export function escapeText(words: string): string {
  return words.replaceAll(/[&<>"]/g, (letter) => ESCAPES[letter]);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** A coordinate with two decimals at most. */
export function short(value: number): string {
  return String(Math.round(100 * value) / 100);
}
