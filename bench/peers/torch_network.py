"""Runs the networks that Palaestra names as JSON with PyTorch's own layers, in float64.

Parameters are drawn when a layer first asks for them, under Palaestra's names and in its shapes:
images are channels-last, weights of dense layers are [inputs, outputs].
"""

import math

import torch
import torch.nn.functional as F

ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": F.relu,
    "leaky-relu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "silu": F.silu,
    "gelu": F.gelu,
    "softplus": F.softplus,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
}


def same_padding(length, kernel, stride, dilation):
    """Zeros before and after, as TensorFlow's "same" has them."""
    total = max((math.ceil(length / stride) - 1) * stride + (kernel - 1) * dilation + 1 - length, 0)
    return total // 2, total - total // 2


class TorchNetwork:
    """A network by its specification.

    >>> network = TorchNetwork(specification, generator)
    >>> outputs = network.forward(inputs, steps=1, training=True)
    """

    def __init__(self, specification, generator):
        self.specification = specification
        self.generator = generator
        self.parameters = {}
        self.statistics = {}

    def forward(self, inputs, steps=1, training=False):
        """Of inputs [rows, *shape] the outputs [rows, all heads]; rows of a sequence are time-major."""
        self.steps = steps
        self.training = training
        body = self.stack("layers", self.specification["layers"], inputs)
        heads = [self.stack(f"heads.{head['name']}", head["layers"], body) for head in self.specification["heads"]]
        return torch.cat([head.flatten(1) for head in heads], dim=1)

    def parameter(self, name, shape, scale=0.5, center=0.0):
        if name not in self.parameters:
            draw = center + scale * torch.randn(shape, generator=self.generator, dtype=torch.float64)
            self.parameters[name] = draw.to(torch.float32).to(torch.float64).requires_grad_()
        return self.parameters[name]

    def statistic(self, name, shape, value):
        if name not in self.statistics:
            self.statistics[name] = torch.full(shape, value, dtype=torch.float64)
        return self.statistics[name]

    def stack(self, name, layers, x):
        for i, layer in enumerate(layers):
            method = getattr(self, layer["kind"].replace("-", "_"))
            x = method(f"{name}[{i}]", layer, x)
        return x

    def affine(self, name, x, units, bias=True, weights="weights", biases="bias"):
        scale = 1 / math.sqrt(x.shape[-1])
        y = x @ self.parameter(f"{name}.{weights}", (x.shape[-1], units), scale)
        return y + self.parameter(f"{name}.{biases}", (units,)) if bias else y

    def dense(self, name, layer, x):
        return ACTIVATIONS[layer["activation"]](self.affine(name, x, layer["units"], layer["bias"]))

    def noisy_dense(self, name, layer, x):
        """By its means: what it does when it does not train."""
        y = self.affine(name, x, layer["units"])
        self.parameter(f"{name}.weightsDeviation", (x.shape[-1], layer["units"]))
        self.parameter(f"{name}.biasDeviation", (layer["units"],))
        return ACTIVATIONS[layer["activation"]](y)

    def flatten(self, name, layer, x):
        return x.flatten(1)

    def reshape(self, name, layer, x):
        return x.reshape(x.shape[0], *layer["shape"])

    def activation(self, name, layer, x):
        return ACTIVATIONS[layer["activation"]](x)

    def softmax(self, name, layer, x):
        return F.softmax(x, dim=-1)

    def parametric_relu(self, name, layer, x):
        slopes = self.parameter(f"{name}.slopes", (1 if layer["shared"] else x.shape[-1],))
        return torch.where(x > 0, x, slopes * x)

    def padded(self, layer, x, size, stride, dilation, value):
        """Channels first, with "same" padding if that is wanted."""
        x = x.permute(0, 3, 1, 2)
        if layer["padding"] == "valid":
            return x
        top, bottom = same_padding(x.shape[2], size[0], stride[0], dilation[0])
        left, right = same_padding(x.shape[3], size[1], stride[1], dilation[1])
        return F.pad(x, (left, right, top, bottom), value=value)

    def conv2d(self, name, layer, x):
        kernel, stride, dilation = layer["kernel"], layer["stride"], layer["dilation"]
        channels = x.shape[-1]
        shape = (*kernel, channels, layer["filters"])
        weights = self.parameter(f"{name}.weights", shape, 1 / math.sqrt(kernel[0] * kernel[1] * channels))
        bias = self.parameter(f"{name}.bias", (layer["filters"],)) if layer["bias"] else None
        x = self.padded(layer, x, kernel, stride, dilation, 0.0)
        y = F.conv2d(x, weights.permute(3, 2, 0, 1), bias, stride=stride, dilation=dilation)
        return ACTIVATIONS[layer["activation"]](y.permute(0, 2, 3, 1))

    def max_pool(self, name, layer, x):
        x = self.padded(layer, x, layer["size"], layer["stride"], (1, 1), -math.inf)
        return F.max_pool2d(x, layer["size"], layer["stride"]).permute(0, 2, 3, 1)

    def average_pool(self, name, layer, x):
        """Counts only what lies inside: the sum over the window by the number of places in it."""
        size, stride = layer["size"], layer["stride"]
        values = F.avg_pool2d(self.padded(layer, x, size, stride, (1, 1), 0.0), size, stride)
        inside = self.padded(layer, torch.ones_like(x), size, stride, (1, 1), 0.0)
        return (values / F.avg_pool2d(inside, size, stride)).permute(0, 2, 3, 1)

    def global_pool(self, name, layer, x):
        return x.amax((1, 2)) if layer["method"] == "max" else x.mean((1, 2))

    def scale_and_shift(self, name, shape):
        return self.parameter(f"{name}.scale", shape, 0.3, 1.0), self.parameter(f"{name}.shift", shape)

    def batch_norm(self, name, layer, x):
        channels = x.shape[-1]
        scale, shift = self.scale_and_shift(name, (channels,))
        mean = self.statistic(f"{name}.mean", (channels,), 0.0)
        variance = self.statistic(f"{name}.variance", (channels,), 1.0)
        flat = x.reshape(-1, channels)
        y = F.batch_norm(flat, mean, variance, scale, shift, self.training, layer["momentum"], layer["epsilon"])
        return y.reshape(x.shape)

    def layer_norm(self, name, layer, x):
        shape = x.shape[-1:] if layer["axes"] == "last" else x.shape[1:]
        return F.layer_norm(x, shape, *self.scale_and_shift(name, tuple(shape)), layer["epsilon"])

    def group_norm(self, name, layer, x):
        scale, shift = self.scale_and_shift(name, (x.shape[-1],))
        y = F.group_norm(x.movedim(-1, 1), layer["groups"], scale, shift, layer["epsilon"])
        return y.movedim(1, -1)

    def dropout(self, name, layer, x):
        return x

    def residual(self, name, layer, x):
        y = self.stack(f"{name}.layers", layer["layers"], x) + self.stack(f"{name}.shortcut", layer["shortcut"], x)
        return ACTIVATIONS[layer["activation"]](y)

    def slice(self, name, layer, x):
        return x[..., layer["start"] : layer["start"] + layer["length"]]

    def concatenate(self, name, layer, x):
        return torch.cat([self.stack(f"{name}.branches[{i}]", b, x) for i, b in enumerate(layer["branches"])], dim=-1)

    def dueling(self, name, layer, x):
        value = self.stack(f"{name}.value", layer["value"], x)
        advantage = self.stack(f"{name}.advantage", layer["advantage"], x)
        return value + advantage - advantage.mean(-1, keepdim=True)

    def recurrent(self, name, layer, x, module, gates, biases):
        """A recurrent module of PyTorch's with our parameters, over all steps."""
        units = layer["units"]
        scale = 1 / math.sqrt(units)
        entries = {
            "weight_ih_l0": self.parameter(f"{name}.inputWeights", (x.shape[-1], gates * units), scale).T,
            "weight_hh_l0": self.parameter(f"{name}.recurrentWeights", (units, gates * units), scale).T,
        }
        values = [self.parameter(f"{name}.{bias}", (gates * units,)) for bias in biases]
        entries["bias_ih_l0"] = values[0]
        entries["bias_hh_l0"] = values[1] if len(values) > 1 else torch.zeros_like(values[0])
        sequence = x.reshape(self.steps, -1, x.shape[-1])
        outputs, _ = torch.func.functional_call(module.double(), entries, (sequence,))
        return outputs.reshape(-1, units)

    def elman(self, name, layer, x):
        module = torch.nn.RNN(x.shape[-1], layer["units"], nonlinearity=layer["activation"])
        return self.recurrent(name, layer, x, module, 1, ["bias"])

    def lstm(self, name, layer, x):
        return self.recurrent(name, layer, x, torch.nn.LSTM(x.shape[-1], layer["units"]), 4, ["bias"])

    def gru(self, name, layer, x):
        module = torch.nn.GRU(x.shape[-1], layer["units"])
        return self.recurrent(name, layer, x, module, 3, ["inputBias", "recurrentBias"])

    def self_attention(self, name, layer, x):
        features, heads = x.shape[-1], layer["heads"]

        def projected(part):
            y = self.affine(name, x, features, weights=f"{part}Weights", biases=f"{part}Bias")
            return y.reshape(*y.shape[:2], heads, features // heads).transpose(1, 2)

        query, key, value = projected("query"), projected("key"), projected("value")
        y = F.scaled_dot_product_attention(query, key, value, is_causal=layer["causal"])
        y = y.transpose(1, 2).reshape(x.shape)
        return self.affine(name, y, features, weights="outputWeights", biases="outputBias")

    def positional_encoding(self, name, layer, x):
        if layer["method"] == "learned":
            return x + self.parameter(f"{name}.positions", tuple(x.shape[1:]))
        positions, features = x.shape[1:]
        rates = torch.exp(torch.arange(0, features, 2, dtype=torch.float64) * (-math.log(10000) / features))
        angles = torch.arange(positions, dtype=torch.float64)[:, None] * rates
        encoding = torch.zeros(positions, features, dtype=torch.float64)
        encoding[:, 0::2] = torch.sin(angles)
        encoding[:, 1::2] = torch.cos(angles)[:, : features // 2]
        return x + encoding
