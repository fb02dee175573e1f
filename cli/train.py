"""`rekan train`: the model for the present data, unless it is there already; without starting anything else."""

import asyncio
import sys
import time

from cli.components import rasa_python, training_environment
from cli.model import TrainingFailed, model_key, model_path, train
from cli.output import say
from cli.processes import Guardian
from cli.session import carried_out, settings_or_give_up
from core.settings import ROOT, Settings


def train_model() -> int:
    def work() -> int:
        settings = settings_or_give_up()
        path = model_path(ROOT, model_key(ROOT))
        if path.exists():
            say(f"Model sudah sesuai data: {path.name}")
            return 0
        began = time.monotonic()
        try:
            asyncio.run(_train(settings))
        except TrainingFailed as error:
            print(*error.lines, str(error), sep="\n", file=sys.stderr)
            return 1
        say(f"Model dilatih dalam {time.monotonic() - began:.0f} dtk: {path.name}")
        return 0

    return carried_out(work)


async def _train(settings: Settings) -> None:
    guardian = Guardian()
    await guardian.start()
    try:
        log = settings.data_dir / "logs" / "train.log"
        await train(ROOT, model_key(ROOT), rasa_python(), training_environment(settings), log=log, guardian=guardian)
    finally:
        await guardian.stop()
