"""Conditions that a pattern may name on the mentions that filled its roles."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.drafts import Draft
from kg.text.normal import tone_key
from kg.text.tape import Mention

# Tiers of administration; what has none (a square, a zone) lies below all of them.
_TIER = {
    "tỉnh": 1, "thành phố": 2, "tp": 2, "tp.": 2, "quận": 2, "q.": 2, "huyện": 2, "h.": 2,
    "thị xã": 2, "tx.": 2, "tx": 2,
    "xã": 3, "phường": 3, "p.": 3, "thị trấn": 3, "tt.": 3, "đặc khu": 3, "thôn": 4, "bản": 4, "ấp": 4, "khu phố": 4,
    "tổ dân phố": 4, "làng": 4, "buôn": 4, "kp.": 4, "tdp": 4,
}  # fmt: skip
_UNKNOWN = 5
# First words of a department and of what it belongs to.
_MINISTRY = frozenset(
    {
        ("tổng", "bộ"),
        ("cục", "bộ"),
        ("vụ", "bộ"),
        ("cục", "tổng"),
        ("chi", "sở"),
        ("chi", "cục"),
        ("phòng", "sở"),
        ("ban", "sở"),
    }
    | {("trung", "sở"), ("viện", "bộ"), ("vụ", "ban"), ("vụ", "thanh"), ("thanh", "bộ"), ("trung", "bộ"), ("vụ", "ủy")}
    | {
        ("phòng", "công"),
        ("đội", "công"),
        ("trạm", "công"),
        ("phòng", "ủy"),
        ("phòng", "ban"),
        ("phòng", "chi"),
        ("phòng", "cục"),
    }
    | {
        ("trung", "cục"),
        ("trung", "đại"),
        ("khoa", "trường"),
        ("khoa", "bệnh"),
        ("khoa", "đại"),
        ("viện", "đại"),
        ("đội", "phòng"),
        ("quân", "bộ"),
        ("binh", "bộ"),
        ("học", "bộ"),
        ("trường", "bộ"),
    }
)

# What no other body holds; and the ends of names that say whose the body is.
_WHOLE = frozenset({"nhà nước", "đảng"})
_NATIONAL = ("chính phủ", "quốc hội", "đảng")


def _tier(place: Mention) -> int:
    if "country" in place.parts:
        return 0
    if "province" in place.parts:
        return 1
    level = tone_key(place.parts.get("level", ""))
    return _TIER.get(level, 2 if place.parts.get("district") else _UNKNOWN)


def _first(draft: Draft, role: str) -> Mention | None:
    candidate = draft.roles.get(role, [None])[0]
    return candidate if isinstance(candidate, Mention) else None


def contained(draft: Draft) -> bool:
    """The child's level lies below the parent's: "xã A, huyện B", not "huyện A, huyện B"."""
    child, parent = _first(draft, "child"), _first(draft, "parent")
    return child is not None and parent is not None and _tier(child) > _tier(parent) and _tier(parent) < _UNKNOWN


def adjoined(draft: Draft) -> bool:
    """As `contained`, for names without anything between them: "xã A huyện B", not "Tây Bắc B"."""
    child = _first(draft, "child")
    return contained(draft) and child is not None and _tier(child) < _UNKNOWN


def dashed(draft: Draft) -> bool:
    """As `adjoined`, for names with a dash between them, which joins the ends of roads, too: with the child's level."""
    child = _first(draft, "child")
    return adjoined(draft) and child is not None and "level" in child.parts


def belonging(draft: Draft) -> bool:
    """The child is a body of its own: "doanh nghiệp Nhà nước thuộc …" does not place the state."""
    child = _first(draft, "child")
    return child is not None and _core(child) not in _WHOLE and child.parts.get("form") not in ("bare", "only")


def named_body(draft: Draft) -> bool:
    """The body is named, not only called "Ban Chấp hành"."""
    body = _first(draft, "organization")
    return body is not None and (
        body.parts.get("form") not in ("bare", "only") or bool({"tail", "place"} & body.parts.keys())
    )


def ministry(draft: Draft) -> bool:
    """A department, then its ministry: "Tổng cục Thuế, Bộ Tài chính"."""
    child, parent = _first(draft, "child"), _first(draft, "parent")
    if child is None or parent is None:
        return False
    if not str(child.parts.get("core", ""))[:1].isupper():
        return False  # "trong vụ A, Thanh tra Chính phủ …"
    lower, upper = _core(child), _core(parent)
    if lower.startswith("quân ủy"):
        return False  # "Quân ủy Trung ương, Bộ Quốc phòng": side by side
    return (lower.partition(" ")[0], upper.partition(" ")[0]) in _MINISTRY and not lower.endswith(_NATIONAL)


def _core(body: Mention) -> str:
    return tone_key(str(body.parts.get("core", "")))


def located(draft: Draft) -> bool:
    """The parent is a unit, and the child a place of a lower level or a body whose name holds no place."""
    child, parent = _first(draft, "child"), _first(draft, "parent")
    if child is None or parent is None or _tier(parent) >= _UNKNOWN:
        return False
    return "place" not in child.parts if child.kind == "Organization" else _tier(child) > _tier(parent)


def regional(draft: Draft) -> bool:
    """The parent is a region, the child a unit with its level: "Tây Nguyên (gồm Đắk Lắk, Gia Lai)"."""
    child, parent = _first(draft, "child"), _first(draft, "parent")
    return child is not None and parent is not None and "region" in parent.parts and _tier(child) < _UNKNOWN


def worldly(draft: Draft) -> bool:
    """The parent is a region, the child a country: "châu Phi (Kenya, Ghana)"."""
    child = _first(draft, "child")
    return regional(draft) and child is not None and "country" in child.parts


def seated(draft: Draft) -> bool:
    """The body is named after a unit that lies below the parent's level: that unit becomes the child."""
    child, parent = _first(draft, "child"), _first(draft, "parent")
    place = child.parts.get("place") if child is not None else None
    if child is None or parent is None or not isinstance(place, Mention) or _tier(parent) >= _UNKNOWN:
        return False
    level = _PARTY_LEVELS.get(_core(child)) if "level" not in place.parts else None
    tier = _TIER[level] if level else _tier(place)
    if not _tier(parent) < tier < _UNKNOWN:
        return False
    draft.roles["child"] = [place]
    child.parts["seated"] = True
    return True


# Party committees whose name says the level of the unit.
_PARTY_LEVELS = {"huyện ủy": "huyện", "quận ủy": "quận", "thị ủy": "thị xã", "thành ủy": "thành phố"}


def told(draft: Draft) -> bool:
    """The event's name says more than its kind: a bare "cuộc gặp" that somebody had may be any."""
    event = _first(draft, "event")
    return event is not None and not event.parts["bare"]


def headed(draft: Draft) -> bool:
    """The post is one in the body: "đoàn của Bộ A do ông B làm trưởng đoàn" leads a party on a journey."""
    post = _first(draft, "post")
    return post is not None and "đoàn" not in tone_key(post.parts["name"])


def of_a_body(draft: Draft) -> bool:
    """The post is one that a body has, not one of the state: "thay mặt Ban cán sự đảng, Thủ tướng A"."""
    post = _first(draft, "post")
    return post is not None and not post.parts.get("whole")


def annual(draft: Draft) -> bool:
    """The initiative is the theme of a year."""
    theme = _first(draft, "theme")
    return theme is not None and bool(theme.parts.get("annual"))


CHECKS: dict[str, Callable[[Draft], bool]] = {
    check.__name__: check
    for check in (
        adjoined,
        annual,
        belonging,
        contained,
        dashed,
        headed,
        located,
        ministry,
        named_body,
        of_a_body,
        regional,
        seated,
        told,
        worldly,
    )
}
