"""The one family of errors that Sada raises on purpose."""


class SadaError(Exception):
    """Something a user or operator can act on.

    The message is one line that says what went wrong, where, and what to do.
    """

    exit_code = 1
    """What the command line exits with: 1 for a failure, 2 for wrong use or configuration."""


class ConfigurationError(SadaError):
    """A setting, campaign file or command line that cannot be used as it is."""

    exit_code = 2
