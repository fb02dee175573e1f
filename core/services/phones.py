"""Telephone numbers as people and registries write them, in one form."""

import phonenumbers

REGION = "ID"


def read_phone(text: str) -> str | None:
    """The number as E.164, or None when it is none. Telegram leaves the plus away; people write 08…, 62… or +62…."""
    text = text.strip()
    for candidate in (text, f"+{text}"):
        try:
            number = phonenumbers.parse(candidate, REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None
