"""Keeps requests away from addresses that a configured or followed link must not lead to.

An address in a settings or feed file, a redirect, or a name whose owner changes where it points
could lead Sada into the network it runs in (a router, a cloud's metadata service, the database).
So only http and https are spoken, and every connection is made to an address that was looked at
first: the name is resolved once, its addresses are checked, and the socket goes to one of those.
Redirects and later requests open connections of their own, so they are checked alike.

Proxies of the environment are not used, as what a proxy connects to cannot be checked.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.connection import allowed_gai_family

from collectors.base import Refused

Address = tuple[Any, ...]
"""A socket address as `getaddrinfo` gives it."""
Resolve = Callable[[str, int], Sequence[Address]]
"""All addresses of a host; raises `OSError`."""

_NAT64 = IPv6Network("64:ff9b::/96")
_SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "64:ff9b:1::/48")))
"""Not for the public internet, though some Python versions call them global."""
_LOW_32 = 0xFFFF_FFFF


def resolve_host(host: str, port: int) -> Sequence[Address]:
    """The addresses of `host`, as the system resolves it."""
    found = socket.getaddrinfo(host, port, allowed_gai_family(), socket.SOCK_STREAM)
    return list(dict.fromkeys(tuple(entry[4]) for entry in found))


def is_public(text: str) -> bool:
    """Whether an IP address belongs to the public internet, whatever it is wrapped in.

    Private, loopback, link-local, shared, reserved, multicast and unspecified ones do not, nor do
    IPv6 addresses that carry such an IPv4 address.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    carried = _carried(address) if isinstance(address, IPv6Address) else None
    if carried is None:
        return _is_public(address)
    # 6to4 and Teredo addresses are routed by themselves too; of the others only what they carry.
    whole = isinstance(address, IPv6Address) and (address.sixtofour or address.teredo)
    return _is_public(carried) and (not whole or _is_public(address))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    special = any(address in network for network in _SPECIAL if network.version == address.version)
    return address.is_global and not (address.is_multicast or address.is_reserved or special)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to (mapped, 6to4, Teredo, NAT64)."""
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & _LOW_32)
    return address.ipv4_mapped or address.sixtofour


@dataclass(frozen=True)
class Guard:
    """Says which hosts a source may be led to. `allowed`: names (or literal addresses), as they
    stand in a URL, that may be private."""

    source: str
    allowed: frozenset[str] = frozenset()
    resolve: Resolve = field(default=resolve_host, compare=False)

    @classmethod
    def of(cls, source: str, allowed: Iterable[str]) -> "Guard":
        return cls(source, frozenset(_bare(name) for name in allowed))

    def check_url(self, url: str) -> None:
        """Raises `Refused` for anything but http(s) to a host, without user and password."""
        try:
            parts = urlsplit(url)
            whole = parts.scheme in ("http", "https") and bool(parts.hostname)
            whole = whole and parts.port != 0 and parts.username is None
        except ValueError:
            whole = False
        if not whole or any(sign.isspace() or ord(sign) < 32 for sign in url):
            raise Refused(self.source, "an address is no plain http(s) address.", one_query=True)

    def addresses(self, host: str, port: int) -> Sequence[Address]:
        """Where a connection to `host` may go. Raises `Refused` if any of it is private.

        One private address among public ones condemns the name: it is how rebinding looks.
        Raises `OSError` when the name has no address.
        """
        found = self.resolve(host, port)
        if _bare(host) in self.allowed or all(is_public(str(one[0])) for one in found):
            return found
        raise Refused(
            self.source,
            f"'{_bare(host)[:100]}' leads to an address that is not public. If that is meant, name"
            " it in SADA_NETWORK__ALLOW.",
            one_query=True,
        )

    def connect(self, connection: HTTPConnection) -> socket.socket:
        """A socket to the first of the checked addresses that answers."""
        host, port = connection.host, connection.port
        try:
            found = self.addresses(host, port)
        except (OSError, UnicodeError) as error:
            raise NewConnectionError(connection, f"no address ({type(error).__name__})") from error
        problem: OSError | None = None
        for address in found:
            try:
                return _opened(connection, address)
            except OSError as error:
                problem = error
        if isinstance(problem, TimeoutError):
            raise ConnectTimeoutError(connection, "the connection timed out") from problem
        raise NewConnectionError(connection, "no connection") from problem

    def pools(self) -> dict[str, type[HTTPConnectionPool]]:
        """Connection pools by scheme whose every connection is made by `connect`."""
        guard = self

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return guard.connect(self)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return guard.connect(self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return {"http": PlainPool, "https": SecurePool}


def _opened(connection: HTTPConnection, address: Address) -> socket.socket:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        for option in connection.socket_options or ():
            opened.setsockopt(*option)
        timeout = connection.timeout
        opened.settimeout(timeout if isinstance(timeout, int | float) else None)
        opened.connect(address)
    except BaseException:
        opened.close()
        raise
    return opened


def _bare(host: str) -> str:
    return host.strip().strip("[]").rstrip(".").casefold()
