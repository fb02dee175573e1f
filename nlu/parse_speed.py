"""How long understanding takes: `python -m nlu.parse_speed MODEL.tar.gz < texts` (one a line) prints milliseconds
as a JSON list, its last line.

The model alone, in this process, one text after the other: no channel, no actions. Every text should be another one, as
vectors of texts asked lately are kept.
"""

import asyncio
import json
import logging
import sys
import time
from typing import List

WARM_UP = 5


async def measure(model: str, texts: List[str]) -> List[float]:
    from rasa.core.agent import Agent

    agent = Agent.load(model_path=model)
    taken = []
    for text in [*texts[:WARM_UP], *texts]:
        began = time.perf_counter()
        await agent.parse_message(text)
        taken.append(1000 * (time.perf_counter() - began))
    return taken[WARM_UP:]


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    taken = asyncio.run(measure(sys.argv[1], [line.strip() for line in sys.stdin if line.strip()]))
    print("\n" + json.dumps(taken))
