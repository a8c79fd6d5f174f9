import { ProtobufMessage } from './protobuf.ts';

/** A setting of an operator. */
export type OnnxAttribute =
  | { readonly texts: readonly string[] }
  | { readonly integer: number }
  | { readonly integers: readonly number[] }
  | { readonly float: number };

/** One operation. */
export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  /** Names of values; `''` for one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A constant: float32 numbers, or int64 ones. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** What goes in or comes out: float32, axes by length or by name. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** A model as data. */
export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly metadata: Readonly<Record<string, string>>;
}

const IR_VERSION = 8;
const OPSET = 17;

// Field numbers of onnx.proto, message by message.
const MODEL = { irVersion: 1, producer: 2, graph: 7, opset: 8, metadata: 14 };
const ENTRY = { key: 1, value: 2 };
const OPERATOR_SET = { domain: 1, version: 2 };
const GRAPH = { node: 1, name: 2, tensor: 5, input: 11, output: 12 };
const NODE = { input: 1, output: 2, name: 3, operator: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, float: 2, integer: 3, integers: 8, texts: 9, type: 20 };
const ATTRIBUTE_TYPE = { float: 1, integer: 2, integers: 7, texts: 8 };
const TENSOR = { length: 1, type: 2, name: 8, raw: 9 };
const ELEMENT_TYPE = { float32: 1, int64: 7 };
const VALUE = { name: 1, type: 2 };
const TYPE = { tensor: 1, element: 1, shape: 2, axis: 1, length: 1, axisName: 2 };

/**
 * The bytes of an ONNX file: IR version 8, operator set 17.
 *
 * Source: onnx.proto of ONNX 1.12.
 */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  const graph = new ProtobufMessage();
  for (const node of model.nodes) graph.message(GRAPH.node, encodeNode(node));
  graph.text(GRAPH.name, 'network');
  for (const tensor of model.tensors) graph.message(GRAPH.tensor, encodeTensor(tensor));
  for (const input of model.inputs) graph.message(GRAPH.input, encodeValue(input));
  for (const output of model.outputs) graph.message(GRAPH.output, encodeValue(output));

  const operators = new ProtobufMessage()
    .text(OPERATOR_SET.domain, '')
    .integer(OPERATOR_SET.version, OPSET);
  const file = new ProtobufMessage()
    .integer(MODEL.irVersion, IR_VERSION)
    .text(MODEL.producer, 'palaestra')
    .message(MODEL.graph, graph)
    .message(MODEL.opset, operators);
  for (const [key, value] of Object.entries(model.metadata)) {
    const entry = new ProtobufMessage().text(ENTRY.key, key).text(ENTRY.value, value);
    file.message(MODEL.metadata, entry);
  }
  return file.finish();
}

function encodeNode({ name, operator, inputs, outputs, attributes }: OnnxNode): ProtobufMessage {
  const node = new ProtobufMessage();
  for (const input of inputs) node.text(NODE.input, input);
  for (const output of outputs) node.text(NODE.output, output);
  node.text(NODE.name, name).text(NODE.operator, operator);
  for (const [key, attribute] of Object.entries(attributes)) {
    node.message(NODE.attribute, encodeAttribute(key, attribute));
  }
  return node;
}

function encodeAttribute(name: string, attribute: OnnxAttribute): ProtobufMessage {
  const message = new ProtobufMessage().text(ATTRIBUTE.name, name);
  if ('texts' in attribute) {
    for (const value of attribute.texts) message.text(ATTRIBUTE.texts, value);
    message.integer(ATTRIBUTE.type, ATTRIBUTE_TYPE.texts);
  } else if ('float' in attribute) {
    message.float(ATTRIBUTE.float, attribute.float).integer(ATTRIBUTE.type, ATTRIBUTE_TYPE.float);
  } else if ('integer' in attribute) {
    message.integer(ATTRIBUTE.integer, attribute.integer);
    message.integer(ATTRIBUTE.type, ATTRIBUTE_TYPE.integer);
  } else {
    for (const value of attribute.integers) message.integer(ATTRIBUTE.integers, value);
    message.integer(ATTRIBUTE.type, ATTRIBUTE_TYPE.integers);
  }
  return message;
}

function encodeTensor({ name, shape, values }: OnnxTensor): ProtobufMessage {
  const message = new ProtobufMessage();
  for (const length of shape) message.integer(TENSOR.length, length);
  const type = values instanceof Float32Array ? ELEMENT_TYPE.float32 : ELEMENT_TYPE.int64;
  message.integer(TENSOR.type, type).text(TENSOR.name, name);
  return message.bytes(TENSOR.raw, littleEndian(values));
}

function encodeValue({ name, shape }: OnnxValue): ProtobufMessage {
  const axes = new ProtobufMessage();
  for (const length of shape) {
    const axis = new ProtobufMessage();
    if (typeof length === 'string') axis.text(TYPE.axisName, length);
    else axis.integer(TYPE.length, length);
    axes.message(TYPE.axis, axis);
  }
  const tensor = new ProtobufMessage()
    .integer(TYPE.element, ELEMENT_TYPE.float32)
    .message(TYPE.shape, axes);
  const type = new ProtobufMessage().message(TYPE.tensor, tensor);
  return new ProtobufMessage().text(VALUE.name, name).message(VALUE.type, type);
}

/** The numbers' own bytes: every machine that runs this is little-endian, as checkpoints assume. */
function littleEndian(values: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
