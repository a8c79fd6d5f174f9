import { resolveOptions, show } from '../../core/check.ts';
import { type Layer, resolveLayers } from '../layers/registry.ts';
import { checkShape, type Shape } from './shape.ts';

/** A network as data: what checkpoints, diagrams, exports and engines read. JSON. */
export interface NetworkSpecification {
  /** Of one row. */
  readonly input: Shape;
  /** The body, first to last. */
  readonly layers: readonly Layer[];
  /** What grows out of the body; the outputs stand one after the other in each row. */
  readonly heads: readonly Head[];
}

/** One output of a network. */
export interface Head {
  /** Letters, digits, - and _. */
  readonly name: string;
  readonly layers: readonly Layer[];
}

/** What a user says of a network. */
export interface NetworkOptions {
  /** Shape of one row: `[4]`, or `[10, 10, 4]` for an image of 10 × 10 with 4 channels. */
  readonly input: Shape;
  /** The body. Default none. */
  readonly layers?: readonly Layer[];
  /** Heads by name. Default one, `output`, that is what the body gives. */
  readonly heads?: Readonly<Record<string, readonly Layer[]>> | readonly Head[];
}

/**
 * Names a network.
 *
 *     network({ input: [4], layers: mlp({ hidden: [64, 64] }), heads: { values: [dense(2)] } })
 *
 * Shapes are inferred and checked by `planNetwork`.
 *
 * @throws RangeError if something is unknown or out of range; it names the layer.
 */
export function network(options: NetworkOptions): NetworkSpecification {
  const defaults: Required<NetworkOptions> = { input: [], layers: [], heads: { output: [] } };
  const { input, layers, heads } = resolveOptions('network', defaults, options);
  checkShape('network: input', input);
  if (typeof heads !== 'object' || heads === null) {
    throw new RangeError(`network: heads must be layers by name, got ${show(heads)}.`);
  }
  const named: readonly Head[] = Array.isArray(heads)
    ? heads
    : Object.entries(heads).map(([name, layers]) => ({ name, layers }));
  checkHeadNames(named);
  return {
    input: [...input],
    layers: resolveLayers('layers', layers),
    heads: named.map(({ name, layers }) => ({
      name,
      layers: resolveLayers(`heads.${name}`, layers),
    })),
  };
}

function checkHeadNames(heads: readonly Head[]): void {
  if (heads.length === 0) throw new RangeError('network: heads must name at least one head.');
  heads.forEach((head, i) => {
    const name = head?.name; // whatever JSON has there
    if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) {
      throw new RangeError(
        `network: the name of a head must be letters, digits, - and _, got ${show(name)}.`,
      );
    }
    if (heads.findIndex((other) => other.name === name) < i) {
      throw new RangeError(`network: there are two heads named ${show(name)}.`);
    }
  });
}
