"""The scripts and styles of the page, as text to be inlined, and the hashes that the page's policy allows."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from importlib.resources.abc import Traversable

from kg.errors import KgError

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) )", re.MULTILINE)
_TOP = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_TYPE_COMMENT = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)
_VIS = "vis-9.1.2"


def _static() -> Traversable:
    return files("kg.view") / "static"


def script() -> str:
    """The page's own modules as one script.

    Each module of `static/` is plain ES module code; they share one function scope here, in the order of their
    imports, because a page without a server has nowhere to import from.

    Raises:
        KgError: a module imports one that does not exist, two import each other, or two declare one name.
    """
    parts: list[str] = []
    done: set[str] = set()
    names: set[str] = set()

    def add(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise KgError(f"the page's modules import each other: {' → '.join((*path, name))}")
        if name in done:
            return
        file = _static() / f"{name}.js"
        if not file.is_file():
            raise KgError(f"{path[-1]}.js imports {name}.js, which is missing", "install vnkg again")
        source = file.read_text(encoding="utf-8")
        for needed in _IMPORT.findall(source):
            add(needed, (*path, name))
        done.add(name)
        own = set(_TOP.findall(source))
        if own & names:
            raise KgError(f"{name}.js declares again: {', '.join(sorted(own & names))}")
        names.update(own)
        parts.append(_TYPE_COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", source))).strip())

    add("main", ())
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def style() -> str:
    """The page's style sheets, one after the other."""
    return "\n".join((_static() / name).read_text(encoding="utf-8") for name in ("base.css", "page.css", "print.css"))


def vis_script() -> str:
    """vis-network as pyvis ships it, naming no address.

    The link to its source map is dropped and the addresses in its notices lose their scheme; the name of the SVG
    namespace is put together at run time. Nothing else is changed.
    """
    source = _vis_file("vis-network.min.js")
    source = re.sub(r"^//# sourceMappingURL=.*$", "", source, flags=re.MULTILINE)
    source = source.replace('"http://www.w3.org/2000/svg"', '"ht"+"tp://www.w3.org/2000/svg"')
    return re.sub(r"https?://", "", source)


def vis_style() -> str:
    """vis-network's style sheet without the rules that carry pictures: the page has buttons of its own."""
    return re.sub(r"[^{}]+\{[^{}]*url\([^{}]*\}", "", _vis_file("vis-network.css"))


def _vis_file(name: str) -> str:
    file = files("pyvis") / "lib" / _VIS / name
    if not file.is_file():
        raise KgError(f"pyvis does not ship {_VIS}/{name}", "pip install 'pyvis>=0.3.2,<0.4'")
    return file.read_text(encoding="utf-8")


def csp_hash(text: str) -> str:
    """The source expression of a content security policy that allows exactly this inline element.

    >>> csp_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
