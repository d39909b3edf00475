"""The campaign that the sandbox's posts are about, as a campaign file would tell it."""

from datetime import timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from config.campaign import Campaign, Family
from sada.sandbox.design import INCIDENTS, Design

SLUG = "sandbox"


@cache
def _template() -> str:
    return (files("sada.sandbox") / "campaign.yaml").read_text(encoding="utf-8")


def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(_template())
    return data


def sandbox_campaign(design: Design) -> Campaign:
    """The campaign of the world made from `design`."""
    data = _data()
    titles = data.pop("incidents")
    events = [
        {"date": design.start + timedelta(days=one.offset), "title": titles[one.key]}
        for one in INCIDENTS
    ]
    for indicator in data["indicators"]:
        indicator["values"] = {
            design.start + timedelta(days=offset): value
            for offset, value in indicator["values"].items()
        }
    dates = {"start": design.start, "end": design.end, "events": events}
    return Campaign.model_validate(data | dates)


def write_campaign(campaign: Campaign, folder: Path) -> Path:
    """Writes `campaign` as `<slug>.yaml` into `folder`, made where missing; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{campaign.slug}.yaml"
    text = yaml.safe_dump(campaign.model_dump(mode="json"), allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


def anchors() -> list[str]:
    """The terms of the topic query as they are written; hashtags with their #."""
    families = [Family.model_validate(one) for one in _data()["topic_query"]]
    return [
        term
        for family in families
        for term in (*(f"#{tag}" for tag in family.hashtags), *family.words, *family.phrases)
    ]
