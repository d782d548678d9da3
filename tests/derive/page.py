"""A page with every kind of block and node, and with names that want to be markup: its elements are those
that the writer knows, all of them are closed, and names have stayed text.

Usage: page.py PROGRAM   test_html
"""

import html.parser
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

VOID = {"meta"}
PAGE = {"html", "head", "meta", "title", "style", "body", "article", "h1", "h2", "h3", "p", "code", "div",
        "span", "figure", "table", "tr", "th", "td", "math"}
MATH = {"mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msup", "msub", "mover", "msqrt", "mtable",
        "mtr", "mtd"}
ATTRIBUTES = {"class", "lang", "charset", "name", "content", "scope", "accent", "stretchy", "form",
              "separator", "lspace", "rspace", "width", "height", "depth", "mathvariant", "displaystyle"}
HIDDEN = r"""<script>alert("1")</script>&amp;'\x1b[31m\n\u202e\xff\ufffe-->]]>"""
CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "mover": 2}


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.texts, self.doctype = [], [], {}, None
        self.feed(text)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_decl(self, decl):
        self.doctype = decl

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def handle_starttag(self, tag, attributes):
        assert tag in PAGE | MATH, f"<{tag}>"
        assert tag in PAGE or "math" in self.open, f"<{tag}> outside of mathematics"
        for name, _ in attributes:
            assert name in ATTRIBUTES, f"<{tag} {name}>"
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        assert tag == "mspace", f"<{tag}/>"
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> within {self.open}"

    def handle_data(self, data):
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)


def check_math(element):
    """What HTML's parser accepts, XML's does; elements have as many children as they have to."""
    tree = xml.fromstring(element)
    for node in tree.iter():
        if node.tag in CHILDREN:
            assert len(node) == CHILDREN[node.tag], xml.tostring(node)
        if node.tag in ("mi", "mn", "mo", "mtext"):
            assert len(node) == 0 and node.text, xml.tostring(node)
        if node.tag in ("mtable", "mtr"):
            wanted = "mtr" if node.tag == "mtable" else "mtd"
            assert {child.tag for child in node} == {wanted}, xml.tostring(node)
    for table in tree.iter("mtable"):
        if table.get("class") == "matrix":
            assert len({len(row) for row in table}) == 1, xml.tostring(table)


def check(text, fragment):
    page = Page(text)
    assert bool(page.doctype) != fragment
    assert ("html" in page.seen) != fragment and page.seen.count("style") == 1
    wanted = PAGE | MATH
    if fragment:
        wanted = wanted - {"html", "head", "meta", "title", "body"}
    missing = wanted - set(page.seen) - {"figure"}  # there is no trace to draw
    assert not missing, f"the page has none of {missing}"
    for tag in ("h1", "h2", "h3", "th", "table", "article"):
        assert page.seen.count(tag) == (2 if tag == "th" else 1), tag
    names = page.texts["code"] + page.texts["mtext"]
    assert names.count(HIDDEN) >= 5, names
    assert fragment or HIDDEN in "".join(page.texts["title"])
    elements = re.findall(r"<math>.*?</math>", text, re.DOTALL)
    assert len(elements) == page.seen.count("math")
    for element in elements:
        check_math(element)
    print(f"{len(elements)} pieces of mathematics, {len(page.seen)} elements")


def main(program):
    for form in ("page", "fragment"):
        written = subprocess.run([program, form], capture_output=True, check=True).stdout.decode("utf-8")
        assert not re.search(r"[\0-\x08\x0b-\x1f\x7f-\x9f\u202e\ufffe]", written)
        assert "http" not in written and "url(" not in written and "import" not in written
        check(written, form == "fragment")


if __name__ == "__main__":
    main(*sys.argv[1:])
