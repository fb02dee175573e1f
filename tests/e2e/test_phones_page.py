"""The phones page in a real browser, with a tiny bot behind it: on a desktop and on a screen of 360 pixels."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.echo_bot import INVITATION, echo_bot
from tests.running_sandbox import RunningSandbox, running_sandbox

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SITI, BUDI, DEWI = 900_000_001, 900_000_002, 900_000_003
DESKTOP, NARROW = (1366, 860), (360, 740)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        message = "THE PHONES PAGE IS NOT TESTED: there is no chromium (Debian: apt-get install chromium)"
        if os.environ.get("CI"):  # noqa: TID251 - says where the tests run, not how the product does
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running, echo_bot(running):
        yield running


@dataclass
class Opener:
    """Opens the page in fresh browser profiles, and remembers what their scripts complain about."""

    browser: Browser
    url: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __call__(self, size: tuple[int, int], scheme: Literal["light", "dark"] = "light") -> Page:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            locale="id-ID",
            # Not Jakarta's: the page must show Jakarta's time wherever it is opened.
            timezone_id="Europe/London",
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.goto(self.url)
        expect(page.get_by_text("Bot tersambung")).to_be_attached()
        return page


@pytest.fixture
def open_page(browser: Browser, sandbox: RunningSandbox) -> Iterator[Opener]:
    """A script that fails or is blocked by the page's policy fails the test."""
    opener = Opener(browser, sandbox.url)
    yield opener
    for context in opener.contexts:
        context.close()
    assert opener.complaints == []


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=f"Ponsel {name}")


def type_text(of: Locator, text: str) -> None:
    field = of.get_by_label("Tulis pesan")
    field.fill(text)
    field.press("Enter")


def sideways_overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_a_person_starts_links_asks_presses_and_opens_a_file(
    open_page: Opener, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    page = open_page(DESKTOP)
    assert page.get_by_role("article").count() == 3
    siti = phone(page, "Siti Rahmawati")
    expect(siti.get_by_text("Asisten kepegawaian Anda.")).to_be_visible()
    siti.get_by_role("button", name="Mulai").click()
    expect(siti.get_by_text("Selamat datang.")).to_be_visible()

    siti.get_by_role("button", name="Bagikan nomor saya").click()
    expect(siti.get_by_text("Nomor 6281200000101 sudah tertaut.")).to_be_visible()
    expect(siti.get_by_role("button", name="Bagikan nomor saya")).to_be_hidden()

    type_text(siti, "halo <b>Rekan</b> 👍")
    expect(siti.locator("strong").get_by_text("halo <b>Rekan</b> 👍", exact=True)).to_be_visible()

    type_text(siti, "ada pelatihan apa?")
    siti.get_by_role("button", name="Ajukan pendaftaran").click()
    expect(siti.get_by_text("Pengajuan Anda tercatat.")).to_be_visible()
    expect(siti.get_by_text("diedit")).to_be_visible()
    expect(siti.get_by_role("button", name="Ajukan pendaftaran")).to_have_count(0)
    expect(siti.locator(".toast")).to_have_text("Tercatat")

    type_text(siti, "kirim undangan")
    siti.get_by_role("button", name="Buka", exact=True).click()
    sheet = page.get_by_role("dialog", name="undangan.ics")
    expect(sheet.get_by_text("Pelatihan Analisis Data, angkatan 2")).to_be_visible()
    expect(sheet.get_by_text("Selasa, 1 Desember 2026, pukul 08.00 WIB")).to_be_visible()
    with page.expect_download() as downloading:
        sheet.get_by_role("link", name="Unduh").click()
    downloading.value.save_as(tmp_path / "undangan.ics")
    assert (tmp_path / "undangan.ics").read_bytes() == INVITATION.encode()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert sandbox.phone(BUDI) == []


def test_a_file_of_this_machine_goes_out_with_what_was_typed_below_it(
    open_page: Opener, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    page = open_page(DESKTOP)
    siti = phone(page, "Siti Rahmawati")
    siti.get_by_role("button", name="Mulai").click()
    expect(siti.get_by_text("Selamat datang.")).to_be_visible()
    (tmp_path / "surat.txt").write_text("isi surat")
    siti.get_by_label("Tulis pesan").fill("Surat edaran")
    siti.get_by_role("button", name="Menu ponsel").click()
    with page.expect_file_chooser() as choosing:
        siti.get_by_role("menuitem", name="Kirim berkas…").click()
    choosing.value.set_files(tmp_path / "surat.txt")
    expect(siti.locator(".file-name").get_by_text("surat.txt")).to_be_visible()
    expect(siti.locator(".message.user").get_by_text("Surat edaran")).to_be_visible()
    expect(siti.get_by_label("Tulis pesan")).to_have_value("")


def test_an_open_page_goes_on_after_the_sandbox_was_restarted(browser: Browser, tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    with running_sandbox(state_file=state) as sandbox, echo_bot(sandbox):
        opener = Opener(browser, sandbox.url)
        page = opener(DESKTOP)
        siti = phone(page, "Siti Rahmawati")
        siti.get_by_role("button", name="Mulai").click()
        type_text(siti, "ada pelatihan apa?")
        expect(siti.get_by_role("button", name="Ajukan pendaftaran")).to_be_visible()
        before = siti.locator("[data-message-id]").all_inner_texts()
    with running_sandbox(state_file=state, port=sandbox.client.base_url.port or 0) as again, echo_bot(again):
        expect(page.get_by_text("Bot tersambung")).to_be_attached()
        assert siti.locator("[data-message-id]").all_inner_texts() == before
        siti.get_by_role("button", name="Ajukan pendaftaran").click()
        expect(siti.get_by_text("Pengajuan Anda tercatat.")).to_be_visible()
        type_text(siti, "masih di sini?")
        expect(siti.locator("strong").get_by_text("masih di sini?", exact=True)).to_be_visible()
        for context in opener.contexts:
            context.close()


def test_what_happens_elsewhere_appears_without_reloading(open_page: Opener, sandbox: RunningSandbox) -> None:
    page = open_page(DESKTOP)
    page.evaluate("window.sameDocument = true")
    budi = phone(page, "Budi Santoso")
    page.get_by_role("button", name="Peristiwa", exact=True).click()
    sandbox.write(BUDI, "ditulis dari tempat lain")
    expect(budi.get_by_text("ditulis dari tempat lain", exact=True)).to_have_count(2)
    expect(page.get_by_role("complementary").get_by_text("sendMessage")).to_be_visible()
    sandbox.post(f"users/{BUDI}/block")
    expect(budi.get_by_role("button", name="Buka blokir dan mulai lagi")).to_be_visible()
    assert page.evaluate("window.sameDocument")


def test_the_keyboard_alone_suffices(open_page: Opener, sandbox: RunningSandbox) -> None:
    sandbox.write(SITI, "halo")
    page = open_page(DESKTOP)
    siti = phone(page, "Siti Rahmawati")
    siti.get_by_role("button", name="Menu", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(siti.get_by_role("button", name="Ajukan pendaftaran")).to_be_visible()
    assert sandbox.phone(SITI)[-2]["text"] == "/pelatihan"
    siti.get_by_role("button", name="Menu ponsel").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(siti.get_by_role("button", name="Buka blokir dan mulai lagi")).to_be_visible()
    assert sandbox.get(f"users/{SITI}")["blocked"] is True


def test_phones_are_added_removed_and_handed_to_others(open_page: Opener, sandbox: RunningSandbox) -> None:
    sandbox.write(DEWI, "milik Dewi")
    page = open_page(DESKTOP)
    phone(page, "Siti Rahmawati").get_by_role("button", name="Hapus ponsel ini").click()
    assert page.get_by_role("article").count() == 2
    page.get_by_role("button", name="Tambah ponsel").click()
    expect(phone(page, "Siti Rahmawati")).to_be_visible()
    page.get_by_role("button", name="Tutup panduan").click()
    page.reload()
    expect(phone(page, "Dewi Lestari")).to_be_visible()
    expect(page.get_by_text("Sepuluh menit pertama")).to_be_hidden()
    phone(page, "Budi Santoso").get_by_label("Pemegang ponsel").select_option(label="Dewi Lestari")
    expect(page.get_by_text("milik Dewi", exact=True)).to_have_count(4)


def test_at_360_pixels_one_phone_fits_and_the_others_call(open_page: Opener, sandbox: RunningSandbox) -> None:
    page = open_page(NARROW)
    assert sideways_overflow(page) == 0
    page.get_by_role("button", name="Tutup panduan").click()
    assert page.locator(".phone:visible").count() == 1
    siti = phone(page, "Siti Rahmawati")
    siti.get_by_role("button", name="Mulai").click()
    siti.get_by_role("button", name="Bagikan nomor saya").click()
    type_text(siti, "pelatihan " + "x" * 300)
    siti.get_by_role("button", name="Ajukan pendaftaran").click()
    expect(siti.get_by_text("Pengajuan Anda tercatat.")).to_be_visible()
    type_text(siti, "kirim undangan")
    siti.get_by_role("button", name="Buka", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert sideways_overflow(page) == 0
    page.keyboard.press("Escape")
    sandbox.write(DEWI, "halo")
    expect(page.get_by_role("button", name="Dewi 1 pesan baru")).to_be_visible()
    page.get_by_role("button", name="Dewi").click()
    expect(phone(page, "Dewi Lestari").get_by_text("Anda menulis:")).to_be_visible()
    page.get_by_role("button", name="Peristiwa", exact=True).click()
    assert sideways_overflow(page) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_small_print_stands_out_enough_from_its_ground(open_page: Opener, scheme: Literal["light", "dark"]) -> None:
    """WCAG AA: a contrast of 4.5 for each pair of colours that carries text."""
    page = open_page(DESKTOP, scheme)
    pairs = [
        ("--ink", "--surface"),
        ("--ink", "--bubble-user"),
        ("--ink", "--bubble-bot"),
        ("--muted", "--surface"),
        ("--muted", "--bg"),
        ("--muted", "--chat"),
        ("--muted", "--accent-soft"),
        ("--accent", "--accent-soft"),
        ("--accent", "--surface"),
        ("--accent", "--bubble-bot"),
        ("--accent-ink", "--accent"),
        ("--danger", "--raised"),
        ("--ok", "--surface"),
        ("--badge-ink", "--badge"),
    ]
    colours = page.evaluate(
        """names => Object.fromEntries(names.map(name =>
            [name, getComputedStyle(document.documentElement).getPropertyValue(name).trim()]))""",
        sorted({name for pair in pairs for name in pair}),
    )
    weak = {pair: ratio for pair in pairs if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < 4.5}
    assert weak == {}


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two `#rrggbb` colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)
