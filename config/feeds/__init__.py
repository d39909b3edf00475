"""Lists of feeds: which outlets' articles and comments the source `news` reads."""

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from config.errors import ConfigurationError
from config.settings import http_address

SHIPPED = Path(__file__).parent / "morocco.yaml"
MOST_BYTES = 1_000_000


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _host(value: str) -> str:
    if not value or any(sign.isspace() or sign in "/@#?" for sign in value):
        raise ValueError("must be a host such as press.example")
    return value.lower()


def _address(value: str) -> str:
    http_address(value)
    return value  # with its last slash, without which many sites redirect


Address = Annotated[str, AfterValidator(_address)]


class Outlet(_Part):
    """One outlet. `paged`: older entries can be asked for with `?paged=2`. `in_context`: it writes
    about this country, so words of the whole world count without its name."""

    name: str = Field(min_length=1)
    host: Annotated[str, AfterValidator(_host)]
    articles: tuple[Address, ...] = ()
    comments: tuple[Address, ...] = ()
    paged: bool = False
    in_context: bool = True


class FeedList(_Part):
    """A file of outlets."""

    outlets: tuple[Outlet, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> "FeedList":
        listed = [url for one in self.outlets for url in (*one.articles, *one.comments)]
        twice = {url for url in listed if listed.count(url) > 1}
        if twice:
            raise ValueError(f"{min(twice)} is listed twice")
        return self


def load_feeds(path: Path | None = None) -> FeedList:
    """The outlets of a file, or those that Sada ships.

    Raises `ConfigurationError` that names the file and what is wrong with it.
    """
    path = path or SHIPPED
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise ConfigurationError(f"{path}: is too long for a list of feeds.")
        return FeedList.model_validate(yaml.safe_load(text.decode("utf-8")))
    except OSError as error:
        raise ConfigurationError(
            f"{path}: cannot be read ({error.strerror}). Set SADA_NEWS__FEEDS to a list of feeds."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{path}: is no YAML ({type(error).__name__}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " › ".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigurationError(f"{path}: {where}: {first['msg']}.") from error
