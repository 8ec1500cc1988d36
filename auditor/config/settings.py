"""What all groups of settings share."""

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """A group of settings: nothing unknown in it, nothing converted."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True
    )
