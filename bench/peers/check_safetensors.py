"""Loads a safetensors file of ours with the safetensors library, and writes what it read anew.

Run from the repository's root, with safetensors 0.8, NumPy and PyTorch installed
(pip install safetensors torch numpy):

    npx tsx bench/safetensors.ts ours.safetensors
    python bench/peers/check_safetensors.py ours.safetensors test/fixtures/two-heads.safetensors

test/networks/export-safetensors.test.ts reads what is written: so both libraries read each other.
"""

import json
import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

ours, theirs = sys.argv[1:]
with safe_open(ours, framework='pt') as file:
    metadata = file.metadata()
tensors = load_file(ours)
specification = json.loads(metadata['specification'])

for name, tensor in tensors.items():
    print(f'{name:24} {str(tensor.dtype):16} {list(tensor.shape)}')


def forward(layers, path, x):
    """Dense layers with tanh or nothing after them."""
    for i, layer in enumerate(layers):
        x = x @ tensors[f'{path}.{i}.weights']
        if layer['bias']:
            x = x + tensors[f'{path}.{i}.bias']
        if layer['activation'] == 'tanh':
            x = torch.tanh(x)
    return x


body = forward(specification['layers'], 'layers', torch.ones(1, *specification['input']))
for head in specification['heads']:
    print(head['name'], forward(head['layers'], f'heads.{head["name"]}', body).tolist())

save_file(tensors, theirs, metadata=metadata)
print(f'{len(tensors)} tensors written to {theirs}')
