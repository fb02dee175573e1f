"""What positions ask for, what courses teach, and what people have beside what they learned here."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Text

from core.storage.tables.base import metadata

competency_requirements = Table(
    "competency_requirements",
    metadata,
    Column("position", Text, primary_key=True),
    Column("competency", Text, primary_key=True),
)

course_competencies = Table(
    "course_competencies",
    metadata,
    Column("course_code", Text, ForeignKey("courses.code"), primary_key=True),
    Column("competency", Text, primary_key=True),
)

person_competencies = Table(
    "person_competencies",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("competency", Text, primary_key=True),
)
