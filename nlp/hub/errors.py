"""What goes wrong with a model that does not come with Sada."""

from config.errors import ConfigurationError, SadaError


class ModelError(SadaError):
    """A model that cannot be fetched, loaded or run. Trying again later may help."""


class ModelUnfit(ConfigurationError):
    """A model that Sada cannot use as it is: another one, or another setting, is needed."""
