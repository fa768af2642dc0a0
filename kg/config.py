"""Settings: defaults, then `kg.toml`, then the environment, then the command line, and where each value came from."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.language import LANGS, Bilingual, Lang

FILE_NAME = "kg.toml"
# Read elsewhere, but of ours: neither is a setting with a place in kg.toml.
OTHER_VARIABLES = ("KG_CONFIG", "KG_DEBUG", "KG_CHROMIUM")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in `kg.toml`, its default, how its value is read, what it means."""

    name: str
    default: object
    parse: Callable[[object], object]
    about: Bilingual

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"KG_{self.name.upper()}"


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, and for each the place it came from ("default", a path of kg.toml, "KG_…", "command line")."""

    lang: Lang
    articles: Path
    output: Path
    base: str
    max_bytes: int
    jobs: int
    time_limit: float
    fetch_delay: float
    private_addresses: bool
    origins: Mapping[str, str]

    @property
    def lang_is_chosen(self) -> bool:
        """True where somebody asked for this language: a locale alone must not change what is written to files."""
        return self.origins["lang"] not in ("default", "locale")


def _language(value: object) -> Lang:
    for lang in LANGS:
        if value == lang:
            return lang
    raise ValueError("vi | en")


def _path(value: object) -> Path:
    if isinstance(value, str | Path) and str(value):
        return Path(value)
    raise ValueError("a path")


def _base(value: object) -> str:
    text = str(value)
    bad = any(c.isspace() or c in '<>"{}|\\^`' or not c.isprintable() for c in text)
    if not bad and text.startswith(("http://", "https://", "urn:")) and text.endswith(("/", "#", ":")):
        return text
    raise ValueError("an http(s) or urn IRI that ends in / or #")


def _whole(least: int) -> Callable[[object], int]:
    def parse(value: object) -> int:
        if isinstance(value, bool):
            raise ValueError(f"a whole number from {least}")
        try:
            number = int(str(value).replace("_", ""))
        except ValueError:
            number = least - 1
        if number < least:
            raise ValueError(f"a whole number from {least}")
        return number

    return parse


def _seconds(value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = 0
    if not 0 < number < 1e6:
        raise ValueError("seconds above 0")
    return number


def _switch(value: object) -> bool:
    text = str(value).lower()
    if text in ("1", "true", "yes", "on"):
        return True
    if text in ("0", "false", "no", "off", ""):
        return False
    raise ValueError("true | false")


SETTINGS: dict[str, Setting] = {
    s.name: s
    for s in (
        Setting("lang", "en", _language, Bilingual("language of messages", "ngôn ngữ của thông báo")),
        Setting("articles", Path("data/articles"), _path, Bilingual("default input", "đầu vào mặc định")),
        Setting("output", Path("output"), _path, Bilingual("folder of the results", "thư mục kết quả")),
        Setting(
            "base",
            "https://w3id.org/vnkg/id/",
            _base,
            Bilingual("namespace of the data's IRIs", "không gian tên của IRI dữ liệu"),
        ),
        Setting("max_bytes", 5_000_000, _whole(1), Bilingual("largest file that is read", "tệp lớn nhất được đọc")),
        Setting("jobs", 1, _whole(1), Bilingual("processes that read articles", "số tiến trình đọc bài")),
        Setting("time_limit", 30.0, _seconds, Bilingual("seconds a query may run", "số giây một truy vấn được chạy")),
        Setting(
            "fetch_delay",
            1.0,
            _seconds,
            Bilingual("seconds between two pages of one host", "số giây giữa hai lần tải của một máy chủ"),
        ),
        Setting(
            "private_addresses",
            False,
            _switch,
            Bilingual("fetch from this machine's own network, too", "tải cả từ mạng nội bộ"),
        ),
    )
}


def load(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Config:
    """The settings in force.

    Args:
        flags: values from the command line; None means not given.
        environ: the environment (default: this process's).
        folder: where `kg.toml` is looked for (default: the working folder); `KG_CONFIG` names another file.

    Raises:
        UsageError: a value that cannot be used, an unknown key, or a `kg.toml` that is not TOML; the place is named.
    """
    env = os.environ if environ is None else environ
    values: dict[str, Any] = {s.name: s.default for s in SETTINGS.values()}
    origins = dict.fromkeys(SETTINGS, "default")
    by_locale = locale_language(env)
    if by_locale:
        values["lang"], origins["lang"] = by_locale, "locale"
    layers = [(_from_file(_config_file(env, folder)))]
    layers.append({s.name: (env[s.variable], s.variable) for s in SETTINGS.values() if env.get(s.variable)})
    layers.append({k: (v, "command line") for k, v in (flags or {}).items() if v is not None})
    for layer in layers:
        for name, (value, origin) in layer.items():
            values[name], origins[name] = _parsed(SETTINGS[name], value, origin), origin
    return Config(**values, origins=origins)


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """`KG_…` variables that set nothing: most likely a slip of the pen."""
    known = {s.variable for s in SETTINGS.values()} | set(OTHER_VARIABLES)
    return sorted(v for v in environ if v.startswith("KG_") and v not in known)


def locale_language(environ: Mapping[str, str]) -> Lang | None:
    """The language of the locale, where it is one of ours."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(variable):
            return next((lang for lang in LANGS if value.lower().split("_")[0].split(".")[0] == lang), None)
    return None


def _config_file(env: Mapping[str, str], folder: Path | None) -> Path | None:
    if named := env.get("KG_CONFIG"):
        if not Path(named).is_file():
            raise UsageError(
                Bilingual(f"KG_CONFIG names no file: {named}", f"KG_CONFIG không trỏ tới tệp nào: {named}"),
                Bilingual("unset it, or give the path of a kg.toml", "bỏ biến này, hoặc ghi đường dẫn của một kg.toml"),
            )
        return Path(named)
    here = (folder or Path()) / FILE_NAME
    return here if here.is_file() else None


def _from_file(path: Path | None) -> dict[str, tuple[object, str]]:
    if path is None:
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            Bilingual(f"{path}: not valid TOML: {error}", f"{path}: không phải TOML hợp lệ: {error}"),
            Bilingual("write one `name = value` a line", "viết mỗi dòng một `tên = giá trị`"),
        ) from error
    except OSError as error:
        raise UsageError(
            Bilingual(f"{path}: cannot be read: {error.strerror}", f"{path}: không đọc được: {error.strerror}")
        ) from error
    for key in table:
        if key not in SETTINGS:
            near = get_close_matches(key, SETTINGS, n=1) or list(SETTINGS)
            raise UsageError(
                Bilingual(f"{path}: unknown setting {key!r}", f"{path}: không có thiết lập {key!r}"),
                Bilingual(f"known: {', '.join(near)}", f"đang có: {', '.join(near)}"),
            )
    return {key: (value, str(path)) for key, value in table.items()}


def _parsed(setting: Setting, value: object, origin: str) -> object:
    try:
        return setting.parse(value)
    except ValueError as error:
        raise UsageError(
            Bilingual(
                f"{setting.name} = {value!r} ({origin}): expected {error}",
                f"{setting.name} = {value!r} ({origin}): cần {error}",
            ),
            Bilingual("`kg config` shows every setting", "`kg config` cho xem mọi thiết lập"),
        ) from error
