"""The script of record pages names states as the pages themselves do."""

import re

from builder.assets import asset_root
from builder.derive.verdicts import STATE_LABELS
from builder.site.timeline import TONE

SCRIPT = asset_root() / "site_src/theme/assets/records.js"


def test_the_script_has_each_state_with_its_words_and_tone() -> None:
    found = re.findall(r'(\w+): \[registry\.t\("([^"]+)"\), "(\w+)"\]', SCRIPT.read_text("utf-8"))
    assert {state: (words, tone) for state, words, tone in found} == {
        state: (words, TONE[state]) for state, words in STATE_LABELS.items()
    }
