"""What can be wrong with a file or with how its columns are read."""

from pathlib import Path

from config.errors import ConfigurationError, SadaError


class FileError(SadaError):
    """A file that cannot be read, or not to its end. Rows given before it was raised are good."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class EncodingError(FileError):
    """Bytes that are not text in the encoding they are read with."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(path, f"line {line}: {message}")
        self.line = line


class MappingError(ConfigurationError):
    """A column mapping that is malformed or does not fit the file."""
