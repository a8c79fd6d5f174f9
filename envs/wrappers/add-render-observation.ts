import { show } from '../../core/check.ts';
import { createPicture, type Picture } from '../../core/raster/picture.ts';
import {
  pictureSize,
  RASTERIZE_DEFAULTS,
  type RasterizeOptions,
  rasterizeInto,
} from '../../core/raster/rasterize.ts';
import { rasterTheme } from '../../core/raster/theme.ts';
import { box, type Space } from '../../core/space.ts';
import { type Dict, dict, partNames } from '../../core/spaces/composite.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { requireObservationRows } from './requirements.ts';
import { defineWrapper, type InnerWorld, type ObservationWrapper } from './wrapper.ts';

/** How pixels are shown. */
export interface AddRenderObservationOptions extends RasterizeOptions {
  /** Whether the pixels stand in place of the observation, or beside it. Default true. */
  readonly renderOnly?: boolean;
  /** What the pixels are called beside the observation. Default `pixels`. */
  readonly renderKey?: string;
  /** What the observation is called beside the pixels, unless it is a `Dict`. Default `state`. */
  readonly observationKey?: string;
}

/** The options of `addRenderObservation` where none are given. */
export const ADD_RENDER_OBSERVATION_DEFAULTS: Required<AddRenderObservationOptions> = {
  renderOnly: true,
  renderKey: 'pixels',
  observationKey: 'state',
  ...RASTERIZE_DEFAULTS,
};

const NAME = 'add-render-observation';

/**
 * Shows the picture of the world, `[height, width, 3]`, in place of its observation or beside it.
 *
 * | observation              | beside it                                           |
 * | ------------------------ | --------------------------------------------------- |
 * | Dict                     | the same with one part more, `pixels`               |
 * | any other                | Dict of `state`, the observation, and `pixels`      |
 *
 * Where neither width nor height is given, the picture is as large as suits the first scene.
 *
 * Source: Gymnasium 1.4, `AddRenderObservation`.
 */
export const addRenderObservation: ObservationWrapper<AddRenderObservationOptions> = defineWrapper({
  name: NAME,
  description: 'Shows the picture of the world as the observation, or beside it.',
  defaults: ADD_RENDER_OBSERVATION_DEFAULTS,
  rules(world, { renderOnly, renderKey, observationKey, theme, ...size }) {
    const picture = pictureFor(world, { ...size, theme });
    const pixels = box(0, 255, {
      shape: [picture.height, picture.width, 3],
      dtype: 'uint8',
    });
    if (renderOnly) {
      return {
        observationSpace: pixels,
        observe(_, inner, observation) {
          rasterizeInto(inner.scene(), picture, theme);
          observation.set(picture.pixels);
        },
      };
    }
    const row = new Float32Array(requireObservationRows(NAME, world));
    const observationSpace = besides(world, pixels, renderKey, observationKey);
    const at = sizeBefore(observationSpace, renderKey);
    return {
      observationSpace,
      observe(_, inner, observation) {
        rasterizeInto(inner.scene(), picture, theme);
        inner.observe(row);
        observation.set(row.subarray(0, at), 0);
        observation.set(picture.pixels, at);
        observation.set(row.subarray(at), at + picture.pixels.length);
      },
    };
  },
});

/** A picture of the size that is asked for, or that suits the world. */
export function pictureFor(world: InnerWorld, options: Required<RasterizeOptions>): Picture {
  const { width, height, theme } = options;
  rasterTheme(theme);
  if (width !== null && height !== null) return createPicture(width, height);
  const size = pictureSize(world.startScene(), { width, height });
  return createPicture(size.width, size.height);
}

/** The observation space with pixels beside the observation. */
function besides(
  { name, observationSpace }: InnerWorld,
  pixels: Space,
  renderKey: string,
  observationKey: string,
): Dict {
  if (observationSpace.kind !== 'dict') {
    if (renderKey !== observationKey) {
      return dict({ [observationKey]: observationSpace, [renderKey]: pixels });
    }
    throw new RangeError(
      `${NAME}: renderKey and observationKey must differ, got ${show(renderKey)} for both.`,
    );
  }
  if (!Object.hasOwn(observationSpace.spaces, renderKey)) {
    return dict({ ...observationSpace.spaces, [renderKey]: pixels });
  }
  throw new RangeError(
    `${NAME}: renderKey must be a name that the observations of ${name} lack, got ${show(renderKey)}.`,
  );
}

/** Numbers of a row before those of a part. */
function sizeBefore(space: Dict, name: string): number {
  const names = partNames(space);
  return names
    .slice(0, names.indexOf(name))
    .reduce((sum, part) => sum + rowSize(space.spaces[part]), 0);
}
