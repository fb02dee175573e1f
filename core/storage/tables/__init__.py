"""Every table, by subject. Importing this module completes `metadata`; what the rows mean stands in `core.domain`."""

from core.storage.tables.attendance import (
    attendance,
    attendance_secrets,
    certificates,
    evaluations,
    wrong_attendance_tries,
)
from core.storage.tables.base import metadata
from core.storage.tables.competencies import competency_requirements, course_competencies, person_competencies
from core.storage.tables.content import attachments, pulse_answers, quiz_answers
from core.storage.tables.knowledge import (
    catalogue_version,
    knowledge_sections,
    question_topics,
    unanswered_questions,
    vectors,
)
from core.storage.tables.ledger import audit, campaign_acknowledgements, campaign_replies, campaigns, outbox, updates
from core.storage.tables.registry import delegations, linking_codes, people, telegram_accounts, units, wrong_code_tries
from core.storage.tables.tickets import knowledge_entries, ticket_duties, tickets
from core.storage.tables.trainings import courses, enrollments, learning_hours, sessions

__all__ = [
    "attachments",
    "attendance",
    "attendance_secrets",
    "audit",
    "campaign_acknowledgements",
    "campaign_replies",
    "campaigns",
    "catalogue_version",
    "certificates",
    "competency_requirements",
    "course_competencies",
    "courses",
    "delegations",
    "enrollments",
    "evaluations",
    "knowledge_entries",
    "knowledge_sections",
    "learning_hours",
    "linking_codes",
    "metadata",
    "outbox",
    "people",
    "person_competencies",
    "pulse_answers",
    "question_topics",
    "quiz_answers",
    "sessions",
    "telegram_accounts",
    "ticket_duties",
    "tickets",
    "unanswered_questions",
    "units",
    "updates",
    "vectors",
    "wrong_attendance_tries",
    "wrong_code_tries",
]
