"""X, simulated: API v2 with one bearer token."""

from sada.sandbox.platform import Platform
from sada.sandbox.x.api import XApi
from sada.sandbox.x.maker import XMaker

BEARER = "sandbox-bearer"


def _settings(url: str) -> dict[str, str]:
    return {
        "SADA_X__API_URL": url,
        "SADA_X__BEARER_TOKEN": BEARER,
        "SADA_X__ARCHIVE": "true",
    }


X = Platform("x", XMaker, lambda items, now: XApi(items, BEARER, now), _settings)
