#!/usr/bin/env python3
"""Makes the tables of emoji from Unicode's emoji-test.txt (Debian: apt-get install unicode-data).

    python3 eng/emoji_table.py /usr/share/unicode/emoji/emoji-test.txt

writes, from the root of the repository,
  src/Protocol/Reactions/rgi-emoji.txt               each fully-qualified emoji, one a line
  tests/Protocol.Tests/Reactions/emoji-test-forms.txt  every form of the file: status and code points
"""
import re
import sys

TABLE = "src/Protocol/Reactions/rgi-emoji.txt"
FORMS = "tests/Protocol.Tests/Reactions/emoji-test-forms.txt"
NOTICE = [
    "Made by eng/emoji_table.py from emoji-test.txt, emoji {version}: a modified Unicode data file.",
    "(c) 1991-2022 Unicode, Inc. Licence: docs/dependencies.md.",
]


def main(source):
    with open(source, encoding="utf-8") as file:
        text = file.read()
    version = re.search(r"^# Version: (\S+)", text, re.M).group(1)
    forms = re.findall(r"^([0-9A-F ]+?) *; ([a-z-]+)", text, re.M)

    full = ["".join(chr(int(c, 16)) for c in points.split()) for points, status in forms if status == "fully-qualified"]
    bare = {emoji.replace("\ufe0f", "") for emoji in full}
    assert len(bare) == len(full), "two emoji differ by variation selectors alone"

    notice = "".join(f"# {line.format(version=version)}\n" for line in NOTICE)
    with open(TABLE, "w", encoding="utf-8", newline="\n") as file:
        file.write(notice + "".join(emoji + "\n" for emoji in full))
    with open(FORMS, "w", encoding="utf-8", newline="\n") as file:
        file.write(notice + "".join(f"{status} {points}\n" for points, status in forms))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
