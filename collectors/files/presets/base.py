"""What is known of one kind of export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from collectors.files.columns import FIELDS, Field

Columns = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class Preset:
    """An export whose form is known: recognised by all of `signs` and none of `absent`.

    `name` is what `--format` takes; several forms of one export share it. Where an expression in
    `columns` names several columns, those that a file lacks are left out. `native`: read by the
    platform's own parser as long as nobody changes the mapping.
    """

    name: str
    title: str
    signs: Sequence[str]
    columns: Columns
    constants: Columns = field(default_factory=dict)
    absent: Sequence[str] = ()
    time_zone: str | None = None
    native: bool = False

    @property
    def carries(self) -> tuple[Field, ...]:
        """The fields that the export has, in the order of `FIELDS`."""
        return tuple(one for one in FIELDS if one in self.columns or one in self.constants)
