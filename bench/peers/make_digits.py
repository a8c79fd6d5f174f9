"""Writes scikit-learn's 1,797 handwritten digits of 8 x 8 pixels to test/golden/digits.json.gz.

Run from the repository's root, with scikit-learn installed (pip install scikit-learn):

    python bench/peers/make_digits.py

Source: Alpaydin & Kaynak (1998), "Optical Recognition of Handwritten Digits", UCI Machine Learning
Repository, CC BY 4.0; the test part, as scikit-learn has it. Pixels are 0 ... 16, in base 36.
"""

import gzip
import json
import pathlib

from sklearn.datasets import load_digits

OUT = pathlib.Path(__file__).resolve().parents[2] / "test" / "golden" / "digits.json.gz"
LETTERS = "0123456789abcdefg"

if __name__ == "__main__":
    digits = load_digits()
    images = ["".join(LETTERS[int(pixel)] for pixel in image) for image in digits.data]
    text = json.dumps({"images": images, "labels": "".join(str(label) for label in digits.target)})
    OUT.write_bytes(gzip.compress(text.encode(), mtime=0))
