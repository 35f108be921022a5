"""Joins section files into a model file: pack.py OUT.griot FOLDER [NAME=FILE ...]

Every file in FOLDER is a section of its name; NAME=FILE adds one, such as segment=out/en.segment. The layout is in
src/lang/model.h.
"""
import hashlib
import pathlib
import struct
import sys

VERSION = 2


def pack(sections):
    table_end = 64 + 32 * len(sections)
    at = -(-table_end // 64) * 64
    table, body = b"", b""
    for name, content in sorted(sections.items()):
        table += struct.pack("<16sQQ", name.encode(), at + len(body), len(content))
        body += content + bytes(-len(content) % 64)
    length = at + len(body) + 32
    head = struct.pack("<8sIIQ", b"GRIOTMDL", VERSION, len(sections), length).ljust(64, b"\0")
    whole = (head + table).ljust(at, b"\0") + body
    return whole + hashlib.sha256(whole).digest()


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sections = {f.name: f.read_bytes() for f in pathlib.Path(sys.argv[2]).iterdir()}
    for extra in sys.argv[3:]:
        name, _, path = extra.partition("=")
        sections[name] = pathlib.Path(path).read_bytes()
    whole = pack(sections)
    pathlib.Path(sys.argv[1]).write_bytes(whole)
    print(sys.argv[1], len(whole), "bytes, sha256", hashlib.sha256(whole).hexdigest())


if __name__ == "__main__":
    main()
