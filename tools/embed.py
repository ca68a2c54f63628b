#!/usr/bin/env python3
"""Turn files into a C file that holds them as bytes.

usage: embed.py OUTPUT ARRAY HEADER STRUCT [--under FOLDER] FILE...

Writes `const struct STRUCT ARRAY[]`, a list of {name, bytes, size} that ends with {NULL}; the
name is the file's without folder and ending, or with --under the path below that folder.
"""
import os
import sys


def main():
    output, array, header, struct = sys.argv[1:5]
    files, under = sys.argv[5:], None
    if files[:1] == ['--under']:
        under, files = files[1], files[2:]
    files.sort()
    lines = [f'/* Written by tools/embed.py; do not edit. */', f'#include "{header}"', '']
    for number, path in enumerate(files):
        with open(path, 'rb') as file:
            data = file.read()
        lines.append(f'static const char file_{number}[] = {{')
        data += b'\0'
        for start in range(0, len(data), 20):
            chunk = data[start:start + 20]
            lines.append('\t' + ' '.join(f'{byte if byte < 128 else byte - 256},' for byte in chunk))
        lines.append('};')
    lines += ['', f'const struct {struct} {array}[] = {{']
    for number, path in enumerate(files):
        if under is None:
            name = os.path.splitext(os.path.basename(path))[0]
        else:
            name = os.path.relpath(path, under)
        lines.append(f'\t{{"{name}", file_{number}, sizeof file_{number} - 1}},')
    lines += ['\t{NULL, NULL, 0},', '};', '']
    with open(output, 'w', encoding='ascii') as file:
        file.write('\n'.join(lines))


if __name__ == '__main__':
    main()
