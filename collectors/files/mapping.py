"""Which column means what: the model, its file, its short form on the command line."""

import hashlib
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from collectors.files import values
from collectors.files.columns import FIELDS, FLAGS, HASH, parts
from collectors.files.columns import Field as Meaning
from collectors.files.errors import MappingError

CASABLANCA = "Africa/Casablanca"
_HELP = "See docs/how-to/import.md"


class Part(BaseModel):
    """A piece of a mapping file; an unknown name in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Spread(Part):
    """Invented times for an archive without dates: even over the days, both included.

    The time of a post depends on its id alone, so neither order nor a second import moves it.
    """

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"spread ends ({self.last}) before it starts ({self.first})")
        return self

    def moment(self, key: str, zone: ZoneInfo) -> datetime:
        """The time given to the post with this key, in UTC."""
        start = datetime.combine(self.first, time(), zone).astimezone(UTC)
        end = datetime.combine(self.last + timedelta(days=1), time(), zone).astimezone(UTC)
        digest = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
        share = int.from_bytes(digest) / 2**64
        return start + timedelta(seconds=int(share * (end - start).total_seconds()))


class Mapping(Part):
    """How rows become posts.

    `columns`: field to column, `a|b` for the first filled one, `a+b` for joined texts and added
    counts; `id: hash` makes ids of platform, author, date and text. `constants` hold for all rows
    and win over columns. `dates`: `auto`, `day-first`, `month-first` or a `strptime` form.
    `time_zone` is that of times that bear none.
    """

    columns: dict[Meaning, str] = Field(default_factory=dict)
    constants: dict[Meaning, str] = Field(default_factory=dict, alias="set")
    dates: str = values.AUTO
    time_zone: str = CASABLANCA
    spread: Spread | None = None
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True
    )

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"time zone {name} is unknown; write e.g. {CASABLANCA}") from error
        return name

    @field_validator("dates")
    @classmethod
    def _known_form(cls, form: str) -> str:
        if form not in (values.AUTO, values.DAY_FIRST, values.MONTH_FIRST) and "%" not in form:
            raise ValueError("dates: write auto, day-first, month-first or a form like %d.%m.%Y")
        return form

    @model_validator(mode="after")
    def _constants_make_sense(self) -> Self:
        read = values.clock(values.AUTO, ZoneInfo(self.time_zone))
        for meaning, value in self.constants.items():
            if meaning in ("id", "text"):
                raise ValueError(f"{meaning} cannot be the same for all rows")
            if meaning == "created_at":
                read(value)
            elif meaning == "platform":
                values.platform(value)
            elif meaning == "kind":
                values.kind(value)
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def invented(self) -> tuple[str, ...]:
        """What of the posts is not in the file but made by Sada: `id`, `created_at`.

        Store and show it with the import: figures by day mean nothing where dates are invented.
        """
        made = ["id"] if self.columns.get("id") == HASH else []
        return (*made, "created_at") if self.spread or "created_at" in self.constants else (*made,)

    def updated(self, changes: "Mapping") -> "Mapping":
        """This mapping with what `changes` says put over it; an empty column drops a field."""
        said = changes.model_dump(exclude_unset=True, by_alias=False)
        merged = self.model_dump(by_alias=False) | said
        merged["columns"] = _merged(self.columns, changes.columns, changes.constants)
        merged["constants"] = _merged(self.constants, changes.constants, changes.columns)
        if changes.spread:
            for place in ("columns", "constants"):
                merged[place].pop("created_at", None)
        elif "created_at" in changes.columns or "created_at" in changes.constants:
            merged["spread"] = None
        return Mapping.model_validate(merged)


def load_mapping(path: Path) -> Mapping:
    """The mapping in a YAML file. Raises `MappingError` that names file and field."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MappingError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        first = str(error).replace("\n", " ")[:160]
        raise MappingError(f"{path}: not valid YAML ({first})") from error
    return _validated(_plain_texts(data), str(path))


def as_yaml(mapping: Mapping) -> str:
    """The mapping as a file for `--mapping`; `load_mapping` reads it back unchanged."""
    data = mapping.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def inline_mapping(
    maps: Sequence[str] = (),
    sets: Sequence[str] = (),
    *,
    dates: str | None = None,
    time_zone: str | None = None,
    spread: tuple[str, str] | None = None,
) -> Mapping:
    """The mapping of `--map text=Message`, `--set platform=x`, `--spread FROM TO` and kin.

    Raises `MappingError`.
    """
    data: dict[str, object] = {}
    if maps:
        data["columns"] = dict(_pair(item, "--map") for item in maps)
    if sets:
        data["set"] = dict(_pair(item, "--set") for item in sets)
    if spread:
        data["spread"] = {"first": spread[0], "last": spread[1]}
    data |= {k: v for k, v in (("dates", dates), ("time_zone", time_zone)) if v is not None}
    return _validated(data, "the command line")


def check_against(mapping: Mapping, columns: Sequence[str]) -> None:
    """Raises `MappingError` when a column is not in the file or a needed field has no source.

    Of several columns in one expression one has to be there.
    """
    for meaning, expression in mapping.columns.items():
        named = parts(expression, columns)[1]
        if meaning == "id" and expression == HASH:
            continue
        if not any(name in columns for name in named):
            shown = ", ".join(columns[:30])
            raise MappingError(
                f"{meaning}: the file has no column “{expression}”. It has: {shown}. "
                f"Correct it with --map {meaning}=COLUMN"
            )
    for meaning in ("text", "id", "platform", "created_at"):
        if meaning not in mapping.columns and meaning not in mapping.constants:
            if meaning == "created_at" and mapping.spread:
                continue
            raise MappingError(_MISSING[meaning].format(columns=", ".join(columns[:30])))


_MISSING = {
    "text": "No column is known to hold the text among: {columns}. Add --map text=COLUMN "
    "(the first row must name the columns)",
    "id": "No column is known to hold the posts' ids among: {columns}. Add --map id=COLUMN, or "
    "--map id=hash",
    "platform": "Nothing says which platform the posts are from. Add --set platform=facebook "
    "(or x, instagram, tiktok, youtube …), or --map platform=COLUMN",
    "created_at": "No column is known to hold the posts' dates among: {columns}. Add --map "
    "created_at=COLUMN, --set created_at=2025-10-03, or --spread 2025-10-01 2025-10-10",
}


def describe(mapping: Mapping) -> list[str]:
    """What will be read from where, one line a field, to be shown before an import."""
    sources = {meaning: _source(mapping, meaning) for meaning in FIELDS}
    lines = [f"{meaning:<11} {source}" for meaning, source in sources.items() if source]
    lacking = [one for one in FIELDS if not sources[one] and one not in FLAGS]
    if lacking:
        lines.append(f"{'-':<11} not in the file: {', '.join(lacking)}")
    if mapping.invented:
        made = " and ".join(mapping.invented)
        lines.append(f"Note: not the platform's own: {made}; see docs/how-to/import.md")
    return lines


def _source(mapping: Mapping, meaning: Meaning) -> str:
    """Where a field comes from, empty where the file does not have it."""
    if meaning in mapping.constants:
        return f"= {mapping.constants[meaning]}"
    if meaning == "created_at" and mapping.spread:
        return f"= invented, spread evenly from {mapping.spread.first} to {mapping.spread.last}"
    expression = mapping.columns.get(meaning)
    if expression is None:
        return "" if meaning != "kind" else "- by flags, root and parent, else original"
    if meaning == "id" and expression == HASH:
        return "= made of platform, author, date and text (the same row gets the same id)"
    shown = f"< column “{expression}”"
    if meaning == "created_at":
        form = "" if mapping.dates == values.AUTO else f" as {mapping.dates}"
        return f"{shown}{form}; times without a zone are {mapping.time_zone}"
    return shown


def _merged(
    old: Dict[Meaning, str], new: Dict[Meaning, str], elsewhere: Dict[Meaning, str]
) -> dict[Meaning, str]:
    """`old` with `new` over it, without fields that are dropped or now told `elsewhere`."""
    kept = {k: v for k, v in old.items() if k not in elsewhere}
    return {k: v for k, v in (kept | dict(new)).items() if v != ""}


def _pair(item: str, option: str) -> tuple[str, str]:
    name, sign, value = item.partition("=")
    if not sign or not name.strip():
        raise MappingError(f"{option} {item}: write {option} FIELD=VALUE. {_HELP}")
    return name.strip(), value.strip()


def _plain_texts(data: object) -> object:
    """YAML's own dates and numbers back to text, where the mapping wants text."""
    if isinstance(data, dict) and isinstance(data.get("set"), dict):
        return {**data, "set": {key: str(value) for key, value in data["set"].items()}}
    return data


def _validated(data: object, where: str) -> Mapping:
    if not isinstance(data, dict):
        raise MappingError(f"{where}: a mapping has columns:, set:, dates: … {_HELP}")
    try:
        return Mapping.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"] if part != "[key]")
        message = first["msg"].removeprefix("Value error, ")
        if first["type"] == "literal_error":
            message = f"is no field of a post. Fields: {', '.join(FIELDS)}"
        raise MappingError(f"{where}: {path + ': ' if path else ''}{message}. {_HELP}") from error
