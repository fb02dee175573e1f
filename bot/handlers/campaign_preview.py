"""A campaign as it would reach whoever asks: every step of it, files and all, sent to them at once."""

from bot.attachments import AttachmentSender
from bot.context import Context
from bot.render import LinkButton, render
from bot.replies import say, send_all
from bot.texts import campaign_series
from bot.texts.notices import compose
from core.domain.campaigns import Campaign
from core.domain.messages import Kind
from core.services.campaign_messages import content


async def show_whole(context: Context, chat_id: int, campaign: Campaign) -> None:
    """Raises AttachmentGone."""
    await _show(context, chat_id, campaign, 1)
    for number, step in enumerate(campaign.steps, 2):
        await say(context.bot, chat_id, campaign_series.heading(number, step))
        await _show(context, chat_id, campaign, number)


async def _show(context: Context, chat_id: int, campaign: Campaign, step: int) -> None:
    notice = compose(Kind.CAMPAIGN, content(campaign, step))
    outgoing = render(notice.text, [LinkButton(title, url) for title, url in notice.links])
    if notice.attachment is None:
        await send_all(context.bot, chat_id, outgoing)
        return
    files = AttachmentSender(context.tools.services.attachments)
    await files.send(context.bot, chat_id, notice.attachment, outgoing)
