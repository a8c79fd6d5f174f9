import { toLayersModel, WEIGHTS_FILE } from '../networks/export/layers-model/layers-model.ts';
import { toSafetensors } from '../networks/export/network-safetensors.ts';
import { toOnnx } from '../networks/export/onnx/onnx.ts';
import type { TrainedNetwork } from '../networks/export/trained-network.ts';
import { writeFileAtomicSync, writeFolderAtomicSync } from './atomic-file.ts';

/** A format that networks can be written in. */
export interface ExportFormat {
  /** What a file's name ends in, or a folder's. */
  readonly ending: string;
  /** Writes it whole or not at all. */
  write(path: string, network: TrainedNetwork): void;
}

/** The formats by name. */
export const EXPORT_FORMATS: Readonly<Record<string, ExportFormat>> = {
  onnx: {
    ending: '.onnx',
    write: (path, network) => writeFileAtomicSync(path, toOnnx(network)),
  },
  safetensors: {
    ending: '.safetensors',
    write: (path, network) => writeFileAtomicSync(path, toSafetensors(network)),
  },
  tfjs: {
    ending: '-tfjs',
    write: (path, network) => {
      const { model, weights } = toLayersModel(network);
      const files = { 'model.json': JSON.stringify(model), [WEIGHTS_FILE]: weights };
      writeFolderAtomicSync(path, files);
    },
  },
};
