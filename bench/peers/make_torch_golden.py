"""Records what PyTorch makes of our layers, losses and optimizers in test/golden/torch-*.json.gz.

Run from the repository's root, with PyTorch 2 installed (pip install torch):

    python bench/peers/make_torch_golden.py

Everything is computed in float64 from numbers that are float32, and written with ten digits.
"""

import gzip
import json
import pathlib

import torch
import torch.nn.functional as F
from torch_network import ACTIVATIONS, TorchNetwork

OUT = pathlib.Path(__file__).resolve().parents[2] / "test" / "golden"
HE = {"kind": "he-uniform", "gain": 1}
XAVIER = {"kind": "xavier-uniform", "gain": 1}
ORTHOGONAL = {"kind": "orthogonal", "gain": 1}


def dense(units, activation="linear", bias=True):
    return {"kind": "dense", "units": units, "activation": activation, "bias": bias, "initializer": XAVIER}


def conv2d(filters, kernel, stride=(1, 1), dilation=(1, 1), padding="valid", activation="linear", bias=True):
    return {
        "kind": "conv2d",
        "filters": filters,
        "kernel": list(kernel),
        "stride": list(stride),
        "dilation": list(dilation),
        "padding": padding,
        "activation": activation,
        "bias": bias,
        "initializer": HE,
    }


def pool(kind, size, stride=None, padding="valid"):
    return {"kind": kind, "size": list(size), "stride": list(stride or size), "padding": padding}


def recurrent(kind, units, **rest):
    return {"kind": kind, "units": units, "initializer": XAVIER, "recurrentInitializer": ORTHOGONAL, **rest}


def cut(start, length):
    return {"kind": "slice", "start": start, "length": length}


BATCH_NORM = {"kind": "batch-norm", "momentum": 0.1, "epsilon": 1e-5}
FLATTEN = {"kind": "flatten"}
IMAGE = [6, 5, 3]


def case(name, shape, layers, heads=None, rows=4, steps=1, training=False):
    heads = heads or [{"name": "output", "layers": []}]
    specification = {"input": shape, "layers": layers, "heads": heads}
    return {"name": name, "specification": specification, "rows": rows, "steps": steps, "training": training}


CASES = [
    *[case(f"dense {activation}", [5], [dense(4, activation), dense(3)]) for activation in ACTIVATIONS],
    *[
        case(f"activation {activation}", [6], [{"kind": "activation", "activation": activation}, dense(2)])
        for activation in ACTIVATIONS
    ],
    case("dense without bias", [5], [dense(4, "relu", bias=False), dense(3)]),
    case("dense on positions", [3, 4], [dense(5, "tanh"), FLATTEN, dense(2)]),
    case("heads", [4], [dense(6, "relu")], [{"name": "policy", "layers": [dense(3)]}, {"name": "value", "layers": [dense(1, "tanh")]}]),
    case("conv2d", IMAGE, [conv2d(4, (3, 3), activation="relu"), FLATTEN, dense(2)]),
    case("conv2d with stride", IMAGE, [conv2d(4, (3, 2), stride=(2, 1), activation="tanh"), FLATTEN, dense(2)]),
    case("conv2d with dilation", IMAGE, [conv2d(3, (2, 2), dilation=(2, 3), activation="elu"), FLATTEN, dense(2)]),
    case("conv2d same", IMAGE, [conv2d(4, (3, 3), padding="same"), conv2d(2, (2, 4), padding="same"), FLATTEN]),
    case("conv2d same with stride", IMAGE, [conv2d(4, (4, 3), stride=(2, 3), padding="same"), FLATTEN]),
    case("conv2d 1x1", IMAGE, [conv2d(7, (1, 1), activation="silu"), FLATTEN, dense(2)]),
    case("conv2d 1x1 with stride", IMAGE, [conv2d(2, (1, 1), stride=(2, 2), bias=False), FLATTEN]),
    case("max-pool", IMAGE, [conv2d(4, (1, 1)), pool("max-pool", (2, 2)), FLATTEN]),
    case("max-pool that overlaps", IMAGE, [conv2d(4, (1, 1)), pool("max-pool", (3, 2), (1, 1), "same"), FLATTEN]),
    case("average-pool", IMAGE, [conv2d(4, (1, 1)), pool("average-pool", (2, 2)), FLATTEN]),
    case("average-pool same", IMAGE, [conv2d(4, (1, 1)), pool("average-pool", (3, 3), (2, 2), "same"), FLATTEN]),
    case("global-pool max", IMAGE, [conv2d(4, (2, 2)), {"kind": "global-pool", "method": "max"}]),
    case("global-pool average", IMAGE, [conv2d(4, (2, 2)), {"kind": "global-pool", "method": "average"}]),
    case("reshape", [12], [{"kind": "reshape", "shape": [2, 2, 3]}, conv2d(4, (2, 1)), FLATTEN]),
    case("batch-norm learning", [5], [dense(4), BATCH_NORM, dense(2, "tanh")], rows=6, training=True),
    case("batch-norm", [5], [dense(4), BATCH_NORM, dense(2, "tanh")], rows=6),
    case("batch-norm of images learning", IMAGE, [conv2d(4, (2, 2)), BATCH_NORM, FLATTEN], training=True),
    case("layer-norm", [5], [dense(6), {"kind": "layer-norm", "axes": "last", "epsilon": 1e-5}, dense(2)]),
    case("layer-norm of all", [3, 4], [dense(4), {"kind": "layer-norm", "axes": "all", "epsilon": 1e-5}, FLATTEN, dense(2)]),
    case("group-norm", IMAGE, [conv2d(6, (2, 2)), {"kind": "group-norm", "groups": 3, "epsilon": 1e-5}, FLATTEN]),
    case("dropout at rest", [5], [dense(6, "relu"), {"kind": "dropout", "rate": 0.5}, dense(2)]),
    case("softmax", [5], [dense(4), {"kind": "softmax"}, dense(2)]),
    case("parametric-relu", [5], [dense(4), {"kind": "parametric-relu", "shared": False, "initial": 0.25}, dense(2)]),
    case("parametric-relu shared", IMAGE, [conv2d(4, (2, 2)), {"kind": "parametric-relu", "shared": True, "initial": 0.25}, FLATTEN]),
    case("residual", [5], [{"kind": "residual", "layers": [dense(5, "relu"), dense(5)], "shortcut": [], "activation": "relu"}, dense(2)]),
    case("residual with a shortcut", IMAGE, [{"kind": "residual", "layers": [conv2d(4, (3, 3), stride=(2, 2), padding="same", activation="relu"), conv2d(4, (3, 3), padding="same")], "shortcut": [conv2d(4, (1, 1), stride=(2, 2))], "activation": "relu"}, FLATTEN]),
    case("concatenate", IMAGE, [{"kind": "concatenate", "branches": [[conv2d(2, (3, 3), padding="same")], [], [conv2d(3, (1, 1), activation="relu")]]}, FLATTEN, dense(2)]),
    case("noisy-dense at rest", [5], [{"kind": "noisy-dense", "units": 4, "activation": "relu", "deviation": 0.5}, dense(2)]),
    case("dueling", [5], [dense(6, "relu"), {"kind": "dueling", "value": [dense(4, "relu"), dense(1)], "advantage": [dense(3)]}]),
    case("elman", [4], [recurrent("elman", 5, activation="tanh"), dense(2)], rows=12, steps=4),
    case("elman relu", [4], [recurrent("elman", 5, activation="relu"), dense(2)], rows=12, steps=4),
    case("lstm", [4], [recurrent("lstm", 5, forgetBias=1), dense(2)], rows=12, steps=4),
    case("gru", [4], [recurrent("gru", 5), dense(2)], rows=12, steps=4),
    case("lstm over gru", [4], [recurrent("gru", 3), recurrent("lstm", 5, forgetBias=1)], rows=10, steps=5),
    case("self-attention", [5, 6], [{"kind": "self-attention", "heads": 3, "causal": False}, FLATTEN, dense(2)]),
    case("self-attention causal", [5, 6], [{"kind": "self-attention", "heads": 2, "causal": True}, FLATTEN, dense(2)]),
    case("positional-encoding", [5, 6], [{"kind": "positional-encoding", "method": "sinusoidal"}, {"kind": "self-attention", "heads": 1, "causal": False}, FLATTEN]),
    case("positional-encoding learned", [5, 6], [{"kind": "positional-encoding", "method": "learned"}, FLATTEN, dense(2, "tanh")]),
    case("slice", [12], [{"kind": "concatenate", "branches": [[cut(1, 8), {"kind": "reshape", "shape": [2, 2, 2]}, conv2d(3, (2, 1)), FLATTEN], [cut(7, 5)]]}, dense(2)]),
    case("slice of channels", IMAGE, [cut(1, 2), conv2d(2, (2, 2)), FLATTEN]),
]


def numbers(tensor):
    return [float(f"{x:.10g}") for x in tensor.detach().flatten().tolist()]


def draw(shape, generator):
    return torch.randn(shape, generator=generator, dtype=torch.float64).to(torch.float32).to(torch.float64)


def record_layer(index, case):
    generator = torch.Generator().manual_seed(1000 + index)
    network = TorchNetwork(case["specification"], generator)
    inputs = draw((case["rows"], *case["specification"]["input"]), generator).requires_grad_()
    outputs = network.forward(inputs, case["steps"], case["training"])
    if case["training"]:  # once more from fresh statistics, for parameters are made by now
        network.statistics = {}
        outputs = network.forward(inputs, case["steps"], True)
    weights = draw(outputs.shape, generator)
    (outputs * weights).sum().backward()
    return {
        **case,
        "parameters": {name: numbers(value) for name, value in network.parameters.items()},
        "statistics": {name: numbers(value) for name, value in network.statistics.items()},
        "inputs": numbers(inputs),
        "outputs": numbers(outputs),
        "outputGradients": numbers(weights),
        "inputGradients": numbers(inputs.grad),
        "gradients": {
            name: numbers(torch.zeros_like(value) if value.grad is None else value.grad)
            for name, value in network.parameters.items()
        },
    }


OPTIMIZERS = [
    ("sgd", {"learningRate": 0.1}, lambda p: torch.optim.SGD(p, lr=0.1)),
    ("momentum", {"learningRate": 0.05}, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    ("nesterov", {"learningRate": 0.05}, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True)),
    ("adagrad", {"learningRate": 0.1}, lambda p: torch.optim.Adagrad(p, lr=0.1)),
    ("rmsprop", {"learningRate": 0.01}, lambda p: torch.optim.RMSprop(p, lr=0.01)),
    ("rmsprop", {"learningRate": 0.01, "centered": True}, lambda p: torch.optim.RMSprop(p, lr=0.01, centered=True)),
    ("rmsprop", {"learningRate": 0.01, "momentum": 0.9}, lambda p: torch.optim.RMSprop(p, lr=0.01, momentum=0.9)),
    ("adadelta", {"learningRate": 1.0}, lambda p: torch.optim.Adadelta(p, lr=1.0)),
    ("adam", {"learningRate": 0.01}, lambda p: torch.optim.Adam(p, lr=0.01)),
    ("adam", {"learningRate": 0.01, "l2": 0.1}, lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1)),
    ("amsgrad", {"learningRate": 0.01}, lambda p: torch.optim.Adam(p, lr=0.01, amsgrad=True)),
    ("adamW", {"learningRate": 0.01, "weightDecay": 0.1}, lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1)),
    ("radam", {"learningRate": 0.01}, lambda p: torch.optim.RAdam(p, lr=0.01)),
    ("sgd", {"learningRate": 0.1, "clip": {"globalNorm": 0.5}}, lambda p: torch.optim.SGD(p, lr=0.1)),
    ("sgd", {"learningRate": 0.1, "clip": {"value": 0.2}}, lambda p: torch.optim.SGD(p, lr=0.1)),
]


def record_optimizer(index, name, options, make):
    """Ten steps on an uneven bowl: the loss is Σ cᵢ (θᵢ − tᵢ)² / 2, whose gradient is cᵢ (θᵢ − tᵢ)."""
    generator = torch.Generator().manual_seed(2000 + index)
    start, targets = draw((12,), generator), draw((12,), generator)
    curvatures = draw((12,), generator).abs() + 0.1
    theta = start.clone().requires_grad_()
    optimizer = make([theta])
    steps = []
    for _ in range(10):
        optimizer.zero_grad()
        (curvatures * (theta - targets) ** 2 / 2).sum().backward()
        clip = options.get("clip", {})
        if "globalNorm" in clip:
            torch.nn.utils.clip_grad_norm_([theta], clip["globalNorm"])
        if "value" in clip:
            torch.nn.utils.clip_grad_value_([theta], clip["value"])
        optimizer.step()
        steps.append(numbers(theta))
    return {
        "name": name,
        "options": options,
        "start": numbers(start),
        "targets": numbers(targets),
        "curvatures": numbers(curvatures),
        "steps": steps,
    }


def record_loss(name, outputs, loss, **given):
    outputs = outputs.clone().requires_grad_()
    value = loss(outputs)
    value.backward()
    given = {key: numbers(x) if isinstance(x, torch.Tensor) else x for key, x in given.items()}
    return {"name": name, "outputs": numbers(outputs), **given, "loss": value.item(), "gradients": numbers(outputs.grad)}


def record_losses():
    generator = torch.Generator().manual_seed(3000)
    outputs, targets = 2 * draw((6, 4), generator), 2 * draw((6, 4), generator)
    classes = torch.tensor([0, 3, 1, 2, 2, 0])
    signs, bits = torch.sign(targets), (targets > 0).double()
    variances = draw((6, 4), generator)
    return [
        record_loss("squared", outputs, lambda y: F.mse_loss(y, targets, reduction="sum"), targets=targets),
        record_loss("absolute", outputs, lambda y: F.l1_loss(y, targets, reduction="sum"), targets=targets),
        record_loss("huber", outputs, lambda y: F.huber_loss(y, targets, reduction="sum", delta=0.7), targets=targets, threshold=0.7),
        record_loss("hinge", outputs, lambda y: torch.clamp(1 - signs * y, min=0).sum(), targets=signs),
        record_loss("cross-entropy", outputs, lambda y: F.cross_entropy(y, classes, reduction="sum"), targets=classes),
        record_loss("bernoulli", outputs, lambda y: F.binary_cross_entropy_with_logits(y, bits, reduction="sum"), targets=bits),
        record_loss(
            "gaussian",
            torch.cat([outputs, variances], 1),
            lambda y: F.gaussian_nll_loss(y[:, :4], targets, y[:, 4:].exp(), reduction="sum", full=True, eps=0),
            targets=targets,
        ),
    ]


def write(name, data):
    text = json.dumps(data, separators=(",", ":"))
    (OUT / name).write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    versions = {"torch": torch.__version__}
    layers = [record_layer(i, case) for i, case in enumerate(CASES)]
    write("torch-layers.json.gz", {"versions": versions, "cases": layers})
    optimizers = [record_optimizer(i, *row) for i, row in enumerate(OPTIMIZERS)]
    write("torch-optimizers.json.gz", {"versions": versions, "cases": optimizers})
    write("torch-losses.json.gz", {"versions": versions, "cases": record_losses()})
