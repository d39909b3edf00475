"""Tables of what models understood of texts, and of which model is wanted and which is shown."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Base


class ModelRow(Base):
    """A model of texts, by name and version; annotations say which one made them."""

    __tablename__ = "models"
    __table_args__ = (UniqueConstraint("name", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    version: Mapped[str] = mapped_column(String(100))
    offensive_threshold: Mapped[float]
    added_at: Mapped[datetime]
    shown: Mapped[bool] = mapped_column(default=False)
    """Whether the figures use this model's annotations; exactly one model is shown."""
    recipe: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What it is made of (`nlp.recipe`), so that it can be opened again; `None`: not known."""


class WantedModelRow(Base):
    """The model that the settings ask for: one row, written by whoever reads texts.

    `model_id` is empty until it was opened for the first time; `error` says why it could not be.
    """

    __tablename__ = "wanted_model"
    id: Mapped[int] = mapped_column(primary_key=True)
    recipe: Mapped[dict[str, Any]] = mapped_column(JSON)
    told: Mapped[str] = mapped_column(String(500))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("models.id"))
    error: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[datetime]


class AnnotationRow(Base):
    """What one model understood of one text."""

    __tablename__ = "annotations"
    __table_args__ = (Index("ix_annotations_model_id", "model_id"),)
    text_id: Mapped[int] = mapped_column(
        ForeignKey("texts.id", ondelete="CASCADE"), primary_key=True
    )
    model_id: Mapped[int] = mapped_column(ForeignKey("models.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(3))
    neg: Mapped[float]
    neu: Mapped[float]
    pos: Mapped[float]
    offensive: Mapped[float]
