"""Draws a certificate: one landscape A4 page with fonts of its own and a QR that opens the check in Telegram.

It knows the drawing library and nothing of Telegram; the words are `bot.texts.certificates`.
"""

import io

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.texts import certificates as texts
from core.services.certificates import OwnCertificate

_WIDTH, _HEIGHT = landscape(A4)
_MIDDLE = _WIDTH / 2
_MARGIN = 14 * mm
_QR_SIZE = 30 * mm
_INK, _QUIET, _LINE, _SAMPLE = HexColor("#1d2733"), HexColor("#55616f"), HexColor("#8a1c1c"), HexColor("#c9ced6")
# the library brings these two (Bitstream Vera, free to embed)
_REGULAR, _BOLD = "Vera", "VeraBd"


def certificate_pdf(own: OwnCertificate, check_url: str) -> bytes:
    """The same certificate gives the same bytes."""
    for font in (_REGULAR, _BOLD):
        pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(_WIDTH, _HEIGHT), invariant=True, lang="id")
    canvas.setTitle(f"{texts.TITLE} {own.certificate.number}")
    canvas.setAuthor(texts.ISSUER)
    canvas.setSubject(own.enrollment.session.course.title)
    if own.person.is_sample:
        _watermark(canvas)
    _frame(canvas)
    _body(canvas, own)
    _foot(canvas, own, check_url)
    canvas.save()
    return file.getvalue()


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(1.6)
    canvas.rect(_MARGIN, _MARGIN, _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN)
    canvas.setLineWidth(0.4)
    inner = _MARGIN + 2 * mm
    canvas.rect(inner, inner, _WIDTH - 2 * inner, _HEIGHT - 2 * inner)


def _watermark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(_MIDDLE, _HEIGHT / 2)
    canvas.rotate(28)
    canvas.setFillColor(_SAMPLE, alpha=0.45)
    canvas.setFont(_BOLD, 130)
    canvas.drawCentredString(0, -45, texts.SAMPLE_MARK)
    canvas.restoreState()


def _body(canvas: Canvas, own: OwnCertificate) -> None:
    y = _HEIGHT - 34 * mm
    y = _centered(canvas, texts.ISSUER.upper(), _BOLD, 12, y, _QUIET)
    y = _centered(canvas, texts.TITLE.upper(), _BOLD, 30, y - 9 * mm, _LINE)
    y = _centered(canvas, texts.number_line(own.certificate.number), _REGULAR, 11, y, _QUIET)
    y = _centered(canvas, texts.GIVEN_TO, _REGULAR, 12, y - 6 * mm, _QUIET)
    y = _centered(canvas, own.person.name, _BOLD, 24, y - 4 * mm, _INK)
    y = _centered(canvas, texts.who(own.person), _REGULAR, 11, y, _QUIET)
    y = _centered(canvas, texts.HAS_COMPLETED, _REGULAR, 12, y - 5 * mm, _QUIET)
    y = _centered(canvas, own.enrollment.session.course.title, _BOLD, 18, y - 2 * mm, _INK)
    y -= 1.5 * mm
    for line in texts.when_and_how_long(own.enrollment.session, own.hours):
        y = _centered(canvas, line, _REGULAR, 12, y, _INK)


def _foot(canvas: Canvas, own: OwnCertificate, check_url: str) -> None:
    left, bottom = _MARGIN + 9 * mm, _MARGIN + 8 * mm
    lines = texts.foot(own.certificate.issued_at, is_sample=own.person.is_sample)
    canvas.setFillColor(_QUIET)
    canvas.setFont(_REGULAR, 8.5)
    for number, line in enumerate(reversed(lines)):
        canvas.drawString(left, bottom + number * 4.2 * mm, line)
    right = _WIDTH - _MARGIN - 16 * mm
    _qr(canvas, check_url, right - _QR_SIZE, bottom + 4 * mm)
    canvas.setFillColor(_QUIET)
    canvas.setFont(_REGULAR, 7.5)
    canvas.drawCentredString(right - _QR_SIZE / 2, bottom, texts.SCAN)


def _qr(canvas: Canvas, value: str, x: float, y: float) -> None:
    code = QrCodeWidget(value, barLevel="M", barBorder=2)
    left, bottom, right, top = code.getBounds()
    scale = _QR_SIZE / max(right - left, top - bottom)
    drawing = Drawing(_QR_SIZE, _QR_SIZE, transform=[scale, 0, 0, scale, 0, 0])
    drawing.add(code)
    renderPDF.draw(drawing, canvas, x, y)


def _centered(canvas: Canvas, text: str, font: str, size: float, y: float, color: HexColor) -> float:
    """Writes the text, on several lines if it is long; returns where the next line begins."""
    canvas.setFillColor(color)
    for line in simpleSplit(text, font, size, _WIDTH - 2 * _MARGIN - 40 * mm):
        y -= size
        canvas.setFont(font, size)
        canvas.drawCentredString(_MIDDLE, y, line)
        y -= 0.45 * size
    return y
