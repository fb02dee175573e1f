"""The pipeline's first and last step: the parts between see plain words, the actions what was typed.

The plain words stay available to the actions as `plain_text` of the latest message. No words live here.
"""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.normalize import Normalizer

TYPED_TEXT = "typed_text"
PLAIN_TEXT = "plain_text"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class ChatNormalizer(GraphComponent):
    """Normalizes training examples and messages alike, so both are seen in the same words."""

    def __init__(self) -> None:
        self._normalize = Normalizer.load()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ChatNormalizer:
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            # A leading slash only comes from Rasa's own test tools; the channel lets none through.
            if not text or text.startswith(INTENT_MESSAGE_PREFIX):
                continue
            message.set(TYPED_TEXT, text)
            message.set(TEXT, self._normalize(text))
            message.set(PLAIN_TEXT, message.get(TEXT), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class TypedTextRestorer(GraphComponent):
    """Gives a message back the text the person typed; belongs at the end of the pipeline."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TypedTextRestorer:
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if message.get(TYPED_TEXT):
                message.set(TEXT, message.get(TYPED_TEXT))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
