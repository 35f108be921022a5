"""Writes a model with more rounds, to time a deeper encoder: deepen.py MODEL ROUNDS OUT

The last round of two layers is repeated, so its parses mean nothing.
"""
import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "train"))
import pack  # noqa: E402


def sections(model):
    found = {}
    for i in range(struct.unpack_from("<I", model, 12)[0]):
        name, at, length = struct.unpack_from("<16sQQ", model, 64 + 32 * i)
        found[name.rstrip(b"\0").decode()] = model[at:at + length]
    return found


def deepen(parts, rounds):
    layers = parts["layers"].decode()
    first = len(layers) - 2
    for layer in range(len(layers), 2 * rounds):
        like = first + layer % 2
        for name in ("norm", "taps", "gates", "out"):
            if f"{name}{like}" in parts:
                parts[f"{name}{layer}"] = parts[f"{name}{like}"]
        layers += layers[like]
    return parts | {"layers": layers.encode()}


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    model = pathlib.Path(sys.argv[1]).read_bytes()
    pathlib.Path(sys.argv[3]).write_bytes(pack.pack(deepen(sections(model), int(sys.argv[2]))))


if __name__ == "__main__":
    main()
