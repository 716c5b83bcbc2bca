#!/usr/bin/env python3
"""Makes an SVG of a terminal's screen, for the README:

    tmux capture-pane -e -p -t PANE | docs/images/ansi-to-svg.py COLUMNS >docs/images/panel.svg
"""
import html
import re
import sys

CELL_WIDTH, LINE_HEIGHT, FONT_SIZE, MARGIN = 8.0, 18, 13.3, 14
COLOURS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341"}


def attributes(codes):
    """SVG attributes for the SGR codes that are in force."""
    colour = next((COLOURS[c] for c in codes if c in COLOURS), None)
    if colour is None and "2" in codes:
        colour = "#8b949e"
    text = f' fill="{colour}"' if colour else ""
    return text + (' font-weight="bold"' if "1" in codes else "")


def spans(line):
    """Pieces of a line with their column and codes."""
    column, codes = 0, []
    for escape, text in re.findall(r"\x1b\[([0-9;]*)m|([^\x1b]+)", line):
        if text:
            yield column, codes, text
            column += len(text)
        else:
            for code in escape.split(";"):
                if code in ("", "0"):
                    codes = []
                elif code in ("22", "39"):
                    codes = [c for c in codes if c not in (("1", "2") if code == "22" else COLOURS)]
                else:
                    codes = codes + [code]


lines = sys.stdin.read().rstrip("\n").split("\n")
width = 2 * MARGIN + CELL_WIDTH * int(sys.argv[1])
height = 2 * MARGIN + LINE_HEIGHT * len(lines)
print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}">')
print(f'<rect width="{width:.0f}" height="{height}" rx="8" fill="#0d1117"/>')
print(f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{FONT_SIZE}" fill="#e6edf3">')
for row, line in enumerate(lines):
    for column, codes, text in spans(line):
        # Words that stand apart are placed apart: viewers differ in what they make of several spaces.
        for words in re.finditer(r"\S+(?: \S+)*", text):
            x, y = MARGIN + CELL_WIDTH * (column + words.start()), MARGIN + LINE_HEIGHT * row + FONT_SIZE
            print(
                f'<text x="{x:.0f}" y="{y:.0f}" textLength="{CELL_WIDTH * len(words[0]):.0f}"{attributes(codes)}>'
                f"{html.escape(words[0])}</text>"
            )
print("</g>\n</svg>")
