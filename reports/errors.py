"""What can go wrong in making and sending reports."""

from config.errors import SadaError


class ReportError(SadaError):
    """A report, digest or export that could not be made or written."""


class MailError(SadaError):
    """A mail that was not taken. `lasting`: trying again later will not help."""

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.lasting = lasting
