/** One layer of a LayersModel in the Keras format. */
export interface KerasLayer {
  readonly class_name: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes: readonly (readonly InboundTensor[])[];
}

/** A layer, which of its calls, which of its outputs, and arguments. */
export type InboundTensor = readonly [string, number, number, Readonly<Record<string, never>>];

/** Where a weight stands; the numbers follow each other in this order. */
export interface WeightPlace {
  /** `layers.0/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
}

/** What `model.json` says. */
export interface LayersModelJson {
  readonly format: 'layers-model';
  readonly generatedBy: string;
  readonly convertedBy: null;
  readonly modelTopology: Readonly<Record<string, unknown>>;
  readonly weightsManifest: readonly [
    { readonly paths: readonly string[]; readonly weights: readonly WeightPlace[] },
  ];
  /** `specification`: the network's specification. */
  readonly userDefinedMetadata: Readonly<Record<string, unknown>>;
}

/** A model in TensorFlow.js's LayersModel format: two files. */
export interface LayersModelFiles {
  /** To be written as `model.json`. */
  readonly model: LayersModelJson;
  /** To be written as `weights.bin` beside it; little-endian float32. */
  readonly weights: Uint8Array;
}
