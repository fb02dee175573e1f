"""What is sent unasked: a wording and buttons for each Kind of the ledger. A test renders every Kind.

Takes the facts a row carries (`core/domain/messages.py` lists them) and knows nothing of sending.
"""

from collections.abc import Callable
from datetime import date

from bot.callback_data import DialoguePress, Press, Verb, VerbPress
from bot.texts import approvals, campaign_notices, dates, evaluations, ticket_entries, ticket_notices
from bot.texts.certificates import CERTIFICATE_BUTTON
from bot.texts.hours_notices import hours_short
from bot.texts.knowledge_notices import knowledge_due
from bot.texts.notice import Facts, Notice
from bot.texts.notice import time_of as _time
from bot.texts.overdue_staff import staff_overdue
from bot.texts.session_notices import line_ended, session_cancelled, session_moved
from core.domain.markup import plain
from core.domain.messages import Kind


def compose(kind: Kind, facts: Facts) -> Notice:
    """Raises KeyError or ValueError if the facts of the row are not those of its kind."""
    return _COMPOSERS[kind](facts)


def _approval_request(facts: Facts) -> Notice:
    return _asking(facts, approvals.request_text(_request(facts)))


def _approval_nudge(facts: Facts) -> Notice:
    return _asking(facts, approvals.request_text(_request(facts), approvals.nudge_heading(_time(facts, "asked_at"))))


def _approval_escalated(facts: Facts) -> Notice:
    heading = approvals.escalation_heading(facts.get("supervisor"), _time(facts, "asked_at"))
    return _asking(facts, approvals.request_text(_request(facts), heading))


def _request(facts: Facts) -> approvals.Facts:
    return approvals.Facts(
        person=facts["person"],
        unit=facts["unit"],
        title=facts["title"],
        session_code=facts["session_code"],
        starts_at=_time(facts, "starts_at"),
        ends_at=_time(facts, "ends_at"),
        hours=facts["hours"],
        place=facts["place"],
        done=facts.get("done"),
        booked=facts.get("booked", 0),
        clashes=facts.get("clashes", ()),
        decide_by=_time(facts, "decide_by") if "decide_by" in facts else None,
    )


def _asking(facts: Facts, text: str) -> Notice:
    number = int(facts["enrollment_id"])
    return Notice(
        text,
        (
            (approvals.APPROVE_BUTTON, VerbPress(Verb.APPROVE, number)),
            (approvals.DECLINE_BUTTON, VerbPress(Verb.DECLINE, number)),
        ),
    )


def _delegation_started(facts: Facts) -> Notice:
    return Notice(
        f"{facts['supervisor']} menitipkan keputusan permohonan pelatihan stafnya kepada Anda sampai "
        f"{dates.date_words(date.fromisoformat(facts['last_day']))}. Permohonan yang masuk akan saya kirim kepada Anda juga; "
        "yang sudah menunggu ada di /persetujuan."
    )


def _delegation_ended(facts: Facts) -> Notice:
    return Notice(
        f"{facts['supervisor']} mengakhiri penitipan keputusan kepada Anda. Anda tidak perlu memutuskan permohonan "
        "stafnya lagi. Terima kasih."
    )


def _request_escalated(facts: Facts) -> Notice:
    return Notice(
        f"Permohonan Anda untuk *{facts['title']}* ({facts['session_code']}) belum diputuskan setelah empat hari kerja, "
        "jadi saya teruskan kepada pejabat di atasnya. Kursi Anda tetap ditahan.",
        (("Status saya", DialoguePress("enrollment_status")),),
    )


def _request_lapsed(facts: Facts) -> Notice:
    return Notice(
        f"Permohonan Anda untuk *{facts['title']}* ({facts['session_code']}) tidak diputuskan sampai batas waktunya, "
        "jadi permohonannya berakhir dan kursinya dilepas.\n\n"
        "Anda bisa membicarakannya dengan atasan lalu mendaftar lagi selama masih dibuka, atau memilih jadwal lain.",
        (("Daftar pelatihan", DialoguePress("list_trainings")), ("Tanya tim SDM", DialoguePress("talk_to_hr"))),
    )


def _request_undecided(facts: Facts) -> Notice:
    return Notice(
        f"Batas waktu permohonan {facts['person']} untuk *{facts['title']}* sudah lewat, jadi permohonannya berakhir "
        "dan kursinya dilepas. Yang masih menunggu Anda ada di /persetujuan."
    )


def _request_approved(facts: Facts) -> Notice:
    return Notice(
        f"✓ *Disetujui.* Anda terdaftar di *{facts['title']}* ({facts['session_code']}).\n\n"
        f"• {dates.period(_time(facts, 'starts_at'), _time(facts, 'ends_at'))}\n"
        f"• {facts['place']}\n\n"
        "Saya ingatkan sehari sebelumnya.",
        (_calendar(facts),),
    )


def _request_declined(facts: Facts) -> Notice:
    reason = f"\nAlasan: {facts['reason']}" if facts.get("reason") else ""
    return Notice(
        f"Permohonan Anda untuk *{facts['title']}* ({facts['session_code']}) tidak disetujui atasan.{reason}\n\n"
        "Anda bisa membicarakannya dengan atasan, atau memilih jadwal lain.",
        (("Daftar pelatihan", DialoguePress("list_trainings")), ("Tanya tim SDM", DialoguePress("talk_to_hr"))),
    )


def _seat_offered(facts: Facts) -> Notice:
    if facts.get("is_shortened"):
        return _offering(facts, "*Batas waktunya dimajukan penyelenggara.* Masih ada kursi yang ditahan untuk Anda di")
    return _offering(facts, "Ada kursi untuk Anda di")


def _offer_reminder(facts: Facts) -> Notice:
    return _offering(facts, "*Sebentar lagi berakhir.* Masih ada kursi yang ditahan untuk Anda di")


def _offering(facts: Facts, opening: str) -> Notice:
    number = int(facts["enrollment_id"])
    return Notice(
        f"{opening} *{facts['title']}* ({facts['session_code']}), mulai {dates.moment(_time(facts, 'starts_at'))}.\n\n"
        f"Kursi ini ditahan sampai *{dates.moment(_time(facts, 'offer_expires_at'))}*. "
        "Sesudah itu kursinya ditawarkan kepada antrean berikutnya.",
        (
            (approvals.ACCEPT_BUTTON, VerbPress(Verb.ACCEPT_OFFER, number)),
            (approvals.PASS_BUTTON, VerbPress(Verb.PASS_OFFER, number)),
        ),
    )


def _offer_lapsed(facts: Facts) -> Notice:
    return Notice(
        f"Tawaran kursi di *{facts['title']}* ({facts['session_code']}) lewat batas waktu, "
        "jadi kursinya ditawarkan kepada antrean berikutnya. Anda bisa mendaftar lagi atau memilih jadwal lain.",
        (("Daftar pelatihan", DialoguePress("list_trainings")),),
    )


def _request_withdrawn(facts: Facts) -> Notice:
    if facts.get("session_cancelled"):
        return Notice(
            f"*{facts['title']}* dibatalkan oleh penyelenggara, jadi permohonan {facts['person']} tidak perlu lagi Anda "
            "putuskan. Yang masih menunggu ada di /persetujuan."
        )
    if facts.get("was_approved"):
        reason = f"\nAlasan: {plain(facts['reason'])}" if facts.get("reason") else ""
        return Notice(
            f"{facts['person']} membatalkan keikutsertaannya di *{facts['title']}*, yang sudah disetujui.{reason}\n\n"
            "Anda tidak perlu berbuat apa-apa; kursinya ditawarkan kepada antrean berikutnya."
        )
    return Notice(
        f"{facts['person']} menarik permohonannya untuk *{facts['title']}*. Anda tidak perlu berbuat apa-apa; "
        "yang masih menunggu ada di /persetujuan."
    )


_OCCASIONS = {"week": " · seminggu lagi", "morning": " · hari ini"}
"""The reminder of the day before may arrive on the day itself, so it names none."""


def _session_reminder(facts: Facts) -> Notice:
    when = _OCCASIONS.get(facts.get("occasion", ""), "")
    return Notice(
        f"*Pengingat pelatihan*{when}\n\n*{facts['title']}* ({facts['session_code']})\n"
        f"• {dates.period(_time(facts, 'starts_at'), _time(facts, 'ends_at'))}\n"
        f"• {facts['place']} ({facts['mode']})\n\n"
        "Berhalangan? Batalkan sebelum mulai agar kursinya dapat dipakai rekan lain.",
        (
            _calendar(facts),
            ("Batalkan", DialoguePress("cancel_enrollment", {"enrollment": str(int(facts["enrollment_id"]))})),
        ),
    )


def _training_completed(facts: Facts) -> Notice:
    return Notice(
        f"✓ *Selamat, pelatihan selesai.* {facts['title']} ({facts['session_code']}), "
        f"{dates.period(_time(facts, 'starts_at'), _time(facts, 'ends_at'))}.\n\n"
        f"*{facts['hours']} JP* sudah masuk ke catatan Anda, dan sertifikatnya sudah terbit.{_number(facts)}",
        (
            (CERTIFICATE_BUTTON, VerbPress(Verb.CERTIFICATE, int(facts["enrollment_id"]))),
            ("JP saya", DialoguePress("learning_hours")),
        ),
    )


def _number(facts: Facts) -> str:
    """Rows written before certificates went along name none."""
    return f"\nSertifikat nomor {facts['certificate']}." if "certificate" in facts else ""


def _no_show_noted(facts: Facts) -> Notice:
    return Notice(
        f"Daftar hadir *{facts['title']}* ({facts['session_code']}) sudah disahkan, dan nama Anda tercatat tidak hadir, "
        "jadi JP-nya tidak dicatat.\n\n"
        "Bila Anda hadir, sampaikan kepada tim SDM; catatannya dapat dikoreksi dengan bukti kehadiran Anda.",
        (("Tanya tim SDM", DialoguePress("talk_to_hr")), ("Daftar pelatihan", DialoguePress("list_trainings"))),
    )


def _hours_corrected(facts: Facts) -> Notice:
    return Notice(
        f"Catatan JP Anda untuk *{facts['title']}* ({facts['session_code']}) dikoreksi oleh tim SDM: sekarang "
        f"*{facts['hours']} JP* (perubahan {int(facts['change']):+d} JP).\n"
        f"Alasan: {facts['reason']}{_number(facts)}\n\n"
        "Bila tidak sesuai, tanyakan kepada tim SDM.",
        (("JP saya", DialoguePress("learning_hours")), ("Tanya tim SDM", DialoguePress("talk_to_hr"))),
    )


def _account_replaced(_: Facts) -> Notice:
    return Notice(
        "Data pegawai Anda baru saja dihubungkan dengan akun Telegram lain, jadi akun ini tidak lagi terhubung.\n\n"
        "Bila itu bukan Anda, segera hubungi tim SDM unit Anda. Untuk menghubungkan akun ini lagi, ketik /start."
    )


_COMPOSERS: dict[Kind, Callable[[Facts], Notice]] = {
    Kind.APPROVAL_REQUEST: _approval_request,
    Kind.APPROVAL_NUDGE: _approval_nudge,
    Kind.APPROVAL_ESCALATED: _approval_escalated,
    Kind.DELEGATION_STARTED: _delegation_started,
    Kind.DELEGATION_ENDED: _delegation_ended,
    Kind.REQUEST_ESCALATED: _request_escalated,
    Kind.REQUEST_LAPSED: _request_lapsed,
    Kind.REQUEST_UNDECIDED: _request_undecided,
    Kind.REQUEST_APPROVED: _request_approved,
    Kind.REQUEST_DECLINED: _request_declined,
    Kind.SEAT_OFFERED: _seat_offered,
    Kind.OFFER_REMINDER: _offer_reminder,
    Kind.OFFER_LAPSED: _offer_lapsed,
    Kind.LINE_ENDED: line_ended,
    Kind.REQUEST_WITHDRAWN: _request_withdrawn,
    Kind.SESSION_REMINDER: _session_reminder,
    Kind.TRAINING_COMPLETED: _training_completed,
    Kind.NO_SHOW_NOTED: _no_show_noted,
    Kind.EVALUATION_REQUEST: evaluations.request,
    Kind.HOURS_CORRECTED: _hours_corrected,
    Kind.SESSION_MOVED: session_moved,
    Kind.SESSION_CANCELLED: session_cancelled,
    Kind.HOURS_SHORT: hours_short,
    Kind.CAMPAIGN: campaign_notices.campaign,
    Kind.CAMPAIGN_STEP: campaign_notices.campaign,
    Kind.CAMPAIGN_CHASE: campaign_notices.chase,
    Kind.CAMPAIGN_TEST: campaign_notices.trial,
    Kind.CAMPAIGN_CORRECTION: campaign_notices.campaign,
    Kind.CORRECTION_REVIEW: campaign_notices.correction_review,
    Kind.CAMPAIGN_REVIEW: campaign_notices.review,
    Kind.CAMPAIGN_DECIDED: campaign_notices.decided,
    Kind.CAMPAIGN_STOPPED: campaign_notices.stopped,
    Kind.STAFF_OVERDUE: staff_overdue,
    Kind.TICKET_OPENED: ticket_notices.opened,
    Kind.TICKET_ANSWERED: ticket_notices.answered,
    Kind.TICKET_HANDED: ticket_notices.handed,
    Kind.TICKET_TAKEN_OVER: ticket_notices.taken_over,
    Kind.TICKET_REOPENED: ticket_notices.reopened,
    Kind.TICKET_ADDED: ticket_notices.added,
    Kind.ENTRY_REVIEW: ticket_entries.review,
    Kind.ENTRY_DECIDED: ticket_entries.decided,
    Kind.TICKET_REMINDER: ticket_notices.reminder,
    Kind.KNOWLEDGE_DUE: knowledge_due,
    Kind.ACCOUNT_REPLACED: _account_replaced,
}


def _calendar(facts: Facts) -> tuple[str, Press]:
    return approvals.CALENDAR_BUTTON, VerbPress(Verb.CALENDAR, int(facts["enrollment_id"]))
