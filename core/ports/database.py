"""What can be wrong with the database as a whole."""


class DatabaseUnreachable(Exception):
    """No connection to the database. `address` never holds the password."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason


class DatabaseOutdated(Exception):
    """The database holds another revision of the schema than this code was written for: migrations must be applied."""

    def __init__(self, found: str | None, expected: str) -> None:
        super().__init__(f"revision {found}, expected {expected}")
        self.found = found
        self.expected = expected


class DatabaseBusy(Exception):
    """A lock or a connection was not to be had in time. The transaction did nothing; the same call may be made again."""
