"""Which files are articles: the paths of a call, their folders searched."""

from __future__ import annotations

import filecmp
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.language import Bilingual
from kg.model import Finding
from kg.read.web import is_address

Kind = Literal["text", "page", "fields", "word", "pdf"]
STDIN = "-"
_KINDS: dict[str, Kind] = {
    ".txt": "text", ".html": "page", ".htm": "page", ".xhtml": "page", ".shtml": "page", ".docx": "word", ".pdf": "pdf",
}  # fmt: skip
_BUNDLES = {
    ".jsonl": "lines", ".ndjson": "lines", ".csv": "table", ".tsv": "table", ".zip": "zip", ".tar": "tar",
    ".tgz": "tar", ".warc": "warc", ".wacz": "wacz", ".xml": "feed", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
_COMPRESSED = (".gz", ".bz2", ".xz")
# Larger files of one stem are taken to differ: comparing them would mean reading them.
_COMPARED = 5_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """One article of a file that holds many.

    Attributes:
        place: where in the file: a line's number, a member's name, a record's id.
        id: what names the article.
        kind: what its data is; "fields" has them instead.
        data: its bytes.
        fields: names and values, see `kg.read.fields`.
        address: its address on the web, where known.
        fetched: when it was fetched, as the archive says.
        charset: the encoding that came with it.
    """

    place: str
    id: str
    kind: Kind = "text"
    data: bytes = b""
    fields: tuple[tuple[str, str], ...] = ()
    address: str = ""
    fetched: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be read as one article: a file, or a record of one.

    Attributes:
        path: where the file lies; `Path("-")` is standard input.
        shares_stem: another file of the call has the same stem, so the stem alone cannot name the article.
        record: the article within the file, where that holds many.
        address: a page's address on the web, which has to be fetched; `path` is then the feed that names it, if any.
    """

    path: Path
    shares_stem: bool = False
    record: Record | None = None
    address: str = ""

    @property
    def where(self) -> str:
        """The place that messages name."""
        if self.address:
            return self.address
        return f"{self.path}:{self.record.place}" if self.record is not None and self.record.place else str(self.path)


def kind_of(name: str) -> Kind | None:
    """What a file's name says that it holds; None where it says nothing that we read."""
    return _KINDS.get(Path(name).suffix.lower())


def bundle_kind(name: str) -> str | None:
    """The sort of a file that holds many articles, by its name; None for any other."""
    lower = name.lower()
    packed = next((c for c in _COMPRESSED if lower.endswith(c)), "")
    kind = _BUNDLES.get(Path(lower.removesuffix(packed)).suffix)
    return kind if not packed or kind in ("lines", "table", "tar", "warc", "feed") else None


def find_sources(paths: Iterable[str | os.PathLike[str]]) -> tuple[list[Source], list[Finding]]:
    """The articles that `paths` name, each file once, in the order of their paths whatever the order of the call.

    A file is taken as it is; a folder is searched through for articles and files that hold many, links within it
    followed, hidden files left out.

    Returns:
        The sources (a file that holds many articles is one here, see `kg.read.each_source`), and a finding for each
        path that leads to none, each link that leads nowhere or in a circle, and
        each stem that several files share.
    """
    found: dict[tuple[int, int], Path] = {}
    findings: list[Finding] = []
    use_stdin = False
    given = [str(p) for p in paths]
    addresses = sorted({name for name in given if is_address(name)})
    for path in sorted({Path(name) for name in given if not is_address(name)}):
        if str(path) == STDIN:
            use_stdin = True
            continue
        try:
            status = path.stat()
        except OSError as error:
            globbed = _globbed(path)
            if not globbed:
                findings.append(_cannot_reach(path, error))
            for file in globbed:
                at = file.stat()
                found.setdefault((at.st_dev, at.st_ino), file)
            continue
        if path.is_dir():
            before = len(found), len(findings)
            passed_over = _search(path, found, findings, (), path.resolve())
            if before == (len(found), len(findings)):
                findings.append(_no_articles(path, passed_over))
        else:
            found.setdefault((status.st_dev, status.st_ino), path)
    by_stem: dict[str, list[Path]] = defaultdict(list)
    bundles = [f for f in found.values() if bundle_kind(f.name)]
    for file in sorted(set(found.values()) - set(bundles)):
        twin = next((f for f in by_stem[file.stem] if _same(f, file)), None)
        if twin is None:
            by_stem[file.stem].append(file)
        else:
            findings.append(_read_once(file, twin))
    findings.extend(_shared_stem(stem, files) for stem, files in by_stem.items() if len(files) > 1)
    single = (Source(f, len(files) > 1) for files in by_stem.values() for f in files)
    sources = sorted([*single, *map(Source, bundles)], key=lambda s: s.path)
    sources += [Source(Path(), address=address) for address in addresses]
    return ([Source(Path(STDIN))] if use_stdin else []) + sources, findings


def _globbed(path: Path) -> list[Path]:
    """The files that a pattern with stars means, where the shell has left it as it is."""
    fixed = next((i for i, part in enumerate(path.parts) if set(part) & set("*?[")), None)
    if fixed is None:
        return []
    root = Path(*path.parts[:fixed]) if fixed else Path()
    try:
        return sorted(f for f in root.glob(str(Path(*path.parts[fixed:]))) if f.is_file())
    except (OSError, ValueError):
        return []


def _same(one: Path, other: Path) -> bool:
    try:
        sizes = one.stat().st_size, other.stat().st_size
        return sizes[0] == sizes[1] <= _COMPARED and filecmp.cmp(one, other, shallow=False)
    except OSError:
        # Whatever cannot be read is reported when its turn comes.
        return False


def _search(
    folder: Path,
    found: dict[tuple[int, int], Path],
    findings: list[Finding],
    above: tuple[tuple[int, int], ...],
    root: Path,
) -> int:
    """Add the articles below `folder` to `found`; returns how many other files there were.

    Links are followed within `root`, the folder that was named: what lies outside it nobody has asked for.
    """
    passed_over = 0
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir())
    except OSError as error:
        findings.append(_cannot_reach(folder, error))
        return 0
    here = (status.st_dev, status.st_ino)
    if here in above:
        findings.append(
            Finding(
                "warning",
                str(folder),
                Bilingual("the link leads back to a folder above it", "liên kết quay lại thư mục phía trên"),
                Bilingual("it was not followed", "không đi theo liên kết này"),
            )
        )
        return 0
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and (target := _target(entry)) is not None and not target.is_relative_to(root):
            findings.append(
                Finding(
                    "warning",
                    str(entry),
                    Bilingual("the link leads out of the folder", "liên kết dẫn ra ngoài thư mục"),
                    Bilingual(f"to read it, name {target} itself", f"muốn đọc, hãy ghi thẳng {target}"),
                )
            )
        elif entry.is_dir():
            passed_over += _search(entry, found, findings, (*above, here), root)
        elif kind_of(entry.name) is None and bundle_kind(entry.name) is None:
            passed_over += 1
        else:
            try:
                at = entry.stat()
            except OSError as error:
                findings.append(_cannot_reach(entry, error))
                continue
            found.setdefault((at.st_dev, at.st_ino), entry)
    return passed_over


def _target(link: Path) -> Path | None:
    """Where a link leads; None where that is nowhere or a circle."""
    try:
        return link.resolve(strict=True)
    except (OSError, RuntimeError):
        return None


def _cannot_reach(path: Path, error: OSError) -> Finding:
    if isinstance(error, FileNotFoundError):
        link = path.is_symlink()
        message = (
            Bilingual("the link leads nowhere", "liên kết không trỏ tới đâu")
            if link
            else Bilingual("no such file or folder", "không có tệp hay thư mục này")
        )
        return Finding("error", str(path), message, Bilingual("check the path", "xem lại đường dẫn"))
    reason = error.strerror or str(error)
    return Finding(
        "error",
        str(path),
        Bilingual(f"cannot be opened: {reason}", f"không mở được: {reason}"),
        Bilingual("check its rights", "xem lại quyền truy cập"),
    )


def _no_articles(folder: Path, passed_over: int) -> Finding:
    return Finding(
        "error",
        str(folder),
        Bilingual(
            f"no article in this folder ({passed_over} files of other kinds)",
            f"thư mục không có bài báo nào ({passed_over} tệp loại khác)",
        ),
        Bilingual(
            "articles are named *.txt, *.html, or lie in *.jsonl, *.csv, *.zip, *.tar, *.warc, *.wacz",
            "bài báo có tên *.txt, *.html, hoặc nằm trong *.jsonl, *.csv, *.zip, *.tar, *.warc, *.wacz",
        ),
    )


def _read_once(file: Path, twin: Path) -> Finding:
    return Finding(
        "info",
        str(file),
        Bilingual(f"the same article as {twin}", f"trùng với bài {twin}"),
        Bilingual("read once", "chỉ đọc một lần"),
    )


def _shared_stem(stem: str, files: list[Path]) -> Finding:
    return Finding(
        "warning",
        ", ".join(str(f) for f in files),
        Bilingual(
            f"{len(files)} different articles are called {stem!r}", f"{len(files)} bài khác nhau cùng tên {stem!r}"
        ),
        Bilingual(
            "each is named by its stem and the start of its checksum; better give them names of their own",
            "mỗi bài mang tên tệp kèm phần đầu mã băm; nên đặt tên riêng cho từng tệp",
        ),
    )
