#!/usr/bin/env python3
"""Put text files into the program: write a C table of {name, text, length} and its header.

usage: embed.py [--under FOLDER] OUT.c SYMBOL FILE...

Writes OUT.c and, beside it, OUT.h.  The table is sorted by name and ends with a row whose name is NULL.  A name is the
file's base name, or its path below FOLDER where --under is given.  Every text is also closed by a NUL that length does
not count.  The same files give the same bytes.  In a room's meson.build, and in its code:

    playbooks_c = custom_target('playbooks', input : files('../../playbooks/standard.playbook'),
      output : ['playbooks-embedded.c', 'playbooks-embedded.h'],
      command : [python, files('../../tools/embed.py'), '@OUTPUT0@', 'playbooks_embedded', '@INPUT@'],
      depend_files : files('../../tools/embed.py'))

    #include "playbooks-embedded.h"
    for (const EmbeddedFile *file = playbooks_embedded; file->name; file++) …
"""
import argparse
import os
import sys

HEADER = """\
/* Made by tools/embed.py: {symbol} holds {count} files of the source tree.  Do not edit. */
#pragma once
#include <stddef.h>

#ifndef EMBEDDED_FILE
#define EMBEDDED_FILE
typedef struct {{
	const char *name;
	const char *text;
	size_t length;
}} EmbeddedFile;
#endif

/* Sorted by name; the last row's name is NULL. */
extern const EmbeddedFile {symbol}[{rows}];
"""


def quoted(data):
    """The bytes as adjacent C string literals, one for each line of the text."""
    def one(byte):
        if byte in b'"\\?':
            return "\\" + chr(byte)
        return chr(byte) if 32 <= byte < 127 else "\\n" if byte == 10 else "\\%03o" % byte
    lines = data.splitlines(keepends=True) or [b""]
    return "\n".join('\t\t"%s"' % "".join(map(one, line)) for line in lines)


def main():
    options = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1][7:])
    options.add_argument("--under")
    options.add_argument("out")
    options.add_argument("symbol")
    options.add_argument("files", nargs="+")
    args = options.parse_args()
    if not args.out.endswith(".c"):
        sys.exit("embed.py: the output is named OUT.c, not %s" % args.out)

    texts = {}
    for path in args.files:
        name = os.path.relpath(path, args.under) if args.under else os.path.basename(path)
        if name in texts:
            sys.exit("embed.py: two files would be named %s; give --under FOLDER" % name)
        with open(path, "rb") as file:
            texts[name] = file.read()

    head = args.out[:-2] + ".h"
    with open(head, "w") as file:
        file.write(HEADER.format(symbol=args.symbol, count=len(texts), rows=len(texts) + 1))
    with open(args.out, "w") as file:
        file.write("/* Made by tools/embed.py.  Do not edit. */\n#include \"%s\"\n\n" % os.path.basename(head))
        file.write("const EmbeddedFile %s[%d] = {\n" % (args.symbol, len(texts) + 1))
        for name in sorted(texts):
            file.write('\t{"%s",\n%s,\n\t\t%d},\n' % (name, quoted(texts[name]), len(texts[name])))
        file.write("\t{NULL, NULL, 0}};\n")


if __name__ == "__main__":
    main()
