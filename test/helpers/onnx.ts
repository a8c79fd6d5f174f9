import * as ort from 'onnxruntime-web';

ort.env.wasm.numThreads = 1;

/** Runs an ONNX file in onnxruntime: float32 values in and out, by name. */
export async function runOnnx(
  bytes: Uint8Array,
  inputs: Readonly<Record<string, { values: Float32Array; shape: readonly number[] }>>,
): Promise<Readonly<Record<string, { values: Float32Array; shape: readonly number[] }>>> {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  try {
    const given = Object.entries(inputs).map(([name, { values, shape }]) => {
      return [name, new ort.Tensor('float32', values, shape)] as const;
    });
    const outputs = await session.run(Object.fromEntries(given));
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]) => {
        return [name, { values: tensor.data as Float32Array, shape: tensor.dims }];
      }),
    );
  } finally {
    await session.release();
  }
}
