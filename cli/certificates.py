"""`rekan certificate verify`: is this number genuine, and what does it stand for."""

from cli.output import OK, REFUSED, say, show_json
from cli.session import carried_out, with_services
from core.domain.calendar import jakarta


def verify(number: str, *, as_json: bool) -> int:
    """0: valid; 1: unknown or revoked."""

    def work() -> int:
        check = with_services(lambda services: services.certificates.check(number))
        ended = f"{jakarta(check.session.ends_at):%d-%m-%Y}"
        if as_json:
            show_json(
                {
                    "number": check.number,
                    "valid": check.is_valid,
                    "title": check.session.course.title,
                    "session": check.session.code,
                    "ended": ended,
                    "hours": check.hours,
                    "name": check.masked_name,
                    "sample": check.is_sample,
                }
            )
        elif check.is_valid:
            sample = " (data contoh)" if check.is_sample else ""
            say(f"SAH: {check.number}{sample}")
            say(f"{check.session.course.title} ({check.session.code}), selesai {ended}, {check.hours} JP")
            say(f"Nama: {check.masked_name}")
        else:
            say(f"TIDAK SAH: {check.number} sudah dicabut.")
        return OK if check.is_valid else REFUSED

    return carried_out(work)
