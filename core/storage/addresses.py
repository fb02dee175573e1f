"""Database addresses: what people write in DATABASE_URL, for SQLAlchemy, for psycopg, and for showing."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.ports import DatabaseUnreachable

_SCHEMES = {"postgresql", "postgres", "postgresql+psycopg"}


def parse(url: str) -> URL:
    """The address, whatever PostgreSQL scheme it has. Raises DatabaseUnreachable when it is none."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUnreachable("…", "not an address like postgresql://user@host/database") from None
    if parsed.drivername not in _SCHEMES:
        raise DatabaseUnreachable(f"{parsed.drivername}://…", "only postgresql:// is supported")
    return parsed.set(drivername="postgresql+psycopg")


def libpq(url: str) -> str:
    """The same address for psycopg itself."""
    parse(url)
    # as it was written: SQLAlchemy would write a blank in a socket's path as "+", which libpq takes for a plus
    return "postgresql" + url[url.index("://") :]


def shown(url: str) -> str:
    """The same address for people and logs, without its password."""
    parsed = parse(url).set(drivername="postgresql").difference_update_query(["password"])
    return parsed.render_as_string(hide_password=True)


def first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
