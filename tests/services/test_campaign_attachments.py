"""A campaign with a file: saved once, approved with it, and room for its words checked before anything is saved."""

import pytest

from core.domain.attachments import Attachment, AttachmentKind
from core.domain.campaigns import CampaignStatus
from core.domain.errors import BadFile, CaptionTooLong, NotHR
from core.domain.messages import Kind
from core.domain.series import Step
from core.services.attachments import Attachments
from core.services.campaign_changes import Changes
from core.services.campaign_corrections import CampaignCorrections
from tests.factories import caller
from tests.services.campaign_office import Office

PDF = b"%PDF-1.7 surat edaran"


@pytest.fixture
def attachments(office: Office) -> Attachments:
    return Attachments(office.unit_of_work, office.clock)


@pytest.fixture
async def letter(office: Office, attachments: Attachments) -> Attachment:
    return await attachments.save(office.author, "se.pdf", PDF)


async def test_the_same_file_is_kept_once_and_its_bytes_come_back(
    office: Office, attachments: Attachments, letter: Attachment
) -> None:
    again = await attachments.save(office.author, "se.pdf", PDF, telegram_file_id="FILE-1")
    other = await attachments.save(office.author, "lain.pdf", PDF)
    assert again == letter == Attachment(letter.attachment_id, AttachmentKind.DOCUMENT, "se.pdf", len(PDF))
    assert other.attachment_id != letter.attachment_id
    assert await attachments.content(letter.attachment_id) == PDF
    assert await attachments.telegram_file_id(letter.attachment_id) == "FILE-1"
    assert await attachments.content(999) is None


async def test_how_telegram_knows_it_is_remembered(attachments: Attachments, letter: Attachment) -> None:
    assert await attachments.telegram_file_id(letter.attachment_id) is None
    await attachments.remember(letter.attachment_id, "FILE-2")
    assert await attachments.telegram_file_id(letter.attachment_id) == "FILE-2"


async def test_only_officers_save_files_and_only_sound_ones(office: Office, attachments: Attachments) -> None:
    with pytest.raises(NotHR):
        await attachments.save(caller(office.cast.sari), "se.pdf", PDF)
    with pytest.raises(BadFile):
        await attachments.save(office.author, "se.exe", b"MZ")


async def test_everybody_gets_the_file_with_the_words(office: Office, letter: Attachment) -> None:
    await office.released("Mohon dibaca, {nama}", attachment=letter)
    await office.run()
    sent = [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN]
    assert len(sent) == 10
    file = {"attachment_id": letter.attachment_id, "kind": "document", "name": "se.pdf", "size": len(PDF)}
    assert all(message.facts["file"] == file for message in sent)


async def test_whoever_approves_and_whoever_tries_it_out_sees_the_file(office: Office, letter: Attachment) -> None:
    campaign = await office.draft(attachment=letter)
    await office.desk.test(office.author, campaign.campaign_id, [office.cast.dewi.nip])
    await office.desk.submit(office.author, campaign.campaign_id)
    await office.sender.run_dry()
    kinds = {m.kind: m.facts["file"]["name"] for m in office.sender.messenger.sent}
    assert kinds == {Kind.CAMPAIGN_TEST: "se.pdf", Kind.CAMPAIGN_REVIEW: "se.pdf"}


async def test_words_that_do_not_fit_below_a_file_are_refused_whichever_comes_first(
    office: Office, letter: Attachment
) -> None:
    with pytest.raises(CaptionTooLong) as refusal:
        await office.draft("x" * 1025, attachment=letter)
    assert (refusal.value.length, refusal.value.limit) == (1025, 1024)
    long = await office.draft("x" * 1025)
    with pytest.raises(CaptionTooLong):
        await office.desk.edit(office.author, long.campaign_id, Changes(attachment=letter))
    short = await office.draft("x" * 1024, attachment=letter)
    with pytest.raises(CaptionTooLong):
        await office.desk.edit(office.author, short.campaign_id, Changes(text="x" * 945 + "{nama}"))
    changed = await office.desk.edit(office.author, short.campaign_id, Changes(text="x" * 1025, remove_attachment=True))
    assert (changed.attachment, len(changed.text)) == (None, 1025)


async def test_a_correction_has_the_room_of_a_caption_too(office: Office, letter: Attachment) -> None:
    campaign = await office.released("Keliru", attachment=letter)
    corrections = CampaignCorrections(office.unit_of_work, office.clock)
    with pytest.raises(CaptionTooLong):
        await corrections.propose(office.author, campaign.campaign_id, "x" * 1025)


async def test_another_file_voids_the_approval(office: Office, letter: Attachment) -> None:
    campaign = await office.approved()
    changed = await office.desk.edit(office.author, campaign.campaign_id, Changes(attachment=letter))
    assert (changed.status, changed.approved_by, changed.attachment) == (CampaignStatus.DRAFT, None, letter)
    async with office.unit_of_work() as uow:
        assert await uow.campaigns.get(campaign.campaign_id) == changed


async def test_files_in_no_campaign_are_forgotten_after_a_while(office: Office, attachments: Attachments) -> None:
    first, later, step = [await attachments.save(office.author, f"{n}.pdf", PDF) for n in "abc"]
    replaced = await attachments.save(office.author, "d.pdf", PDF)
    campaign = await office.draft(attachment=replaced, steps=(Step("Kedua", 1, attachment=step),))
    await office.desk.edit(office.author, campaign.campaign_id, Changes(attachment=first))
    office.clock.pass_by(days=14)
    assert await attachments.save(office.author, "b.pdf", PDF) == later  # given again
    office.clock.pass_by(seconds=1)
    assert await attachments.forget_unused() == 1
    assert await attachments.content(replaced.attachment_id) is None
    for kept in (first, later, step):
        assert await attachments.content(kept.attachment_id) == PDF
