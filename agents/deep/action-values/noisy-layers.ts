import type { Dense } from '../../../networks/layers/dense.ts';
import { noisyDense } from '../../../networks/layers/noisy-dense.ts';
import type { Layer } from '../../../networks/layers/registry.ts';

/**
 * The layers with noise in all dense ones, those inside other layers too; the rest stay as they are.
 *
 * Noisy layers begin as in Fortunato et al. (2018), section 3.2, whatever initializer the dense ones name.
 *
 * @param name Of the layers, for errors: `layers`.
 * @throws RangeError that names the layer, if a dense one has no bias.
 */
export function noisyLayers(name: string, layers: readonly Layer[]): readonly Layer[] {
  return layers.map((layer, i) => noisyLayer(`${name}[${i}]`, layer));
}

function noisyLayer(name: string, layer: Layer): Layer {
  switch (layer.kind) {
    case 'dense':
      return withNoise(name, layer);
    case 'residual': {
      const { layers, shortcut } = layer;
      return {
        ...layer,
        layers: noisyLayers(`${name}.layers`, layers),
        shortcut: noisyLayers(`${name}.shortcut`, shortcut),
      };
    }
    case 'concatenate': {
      const branches = layer.branches.map((branch, b) =>
        noisyLayers(`${name}.branches[${b}]`, branch),
      );
      return { ...layer, branches };
    }
    case 'dueling': {
      const { value, advantage } = layer;
      return {
        ...layer,
        value: noisyLayers(`${name}.value`, value),
        advantage: noisyLayers(`${name}.advantage`, advantage),
      };
    }
    default:
      return layer;
  }
}

function withNoise(name: string, { units, activation, bias }: Dense): Layer {
  if (bias) return noisyDense(units, { activation });
  throw new RangeError(
    `${name} (dense) must have a bias where noisy is true, got bias: false. Give it one.`,
  );
}
