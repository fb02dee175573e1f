"""How long understanding takes: `python -m nlu.parse_speed MODEL.tar.gz < texts` (one a line) prints as its last line
a JSON list of `[milliseconds, what Rasa hands to the actions]`.

The model alone, in this process, one text after the other: no channel, no actions. Every text should be another one, as
vectors of texts asked lately are kept.
"""

import asyncio
import json
import logging
import sys
import time
from typing import Any, Dict, List, Tuple

WARM_UP = 5


async def measure(model: str, texts: List[str]) -> List[Tuple[float, Dict[str, Any]]]:
    from rasa.core.agent import Agent

    agent = Agent.load(model_path=model)
    taken = []
    for text in [*texts[:WARM_UP], *texts]:
        began = time.perf_counter()
        understood = await agent.parse_message(text)
        taken.append((1000 * (time.perf_counter() - began), understood))
    return taken[WARM_UP:]


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    taken = asyncio.run(measure(sys.argv[1], [line.strip() for line in sys.stdin if line.strip()]))
    print("\n" + json.dumps(taken))
